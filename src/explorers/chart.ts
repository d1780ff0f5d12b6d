import { html, svg } from 'lit';

/** Size of the drawing, in its own units: it stretches to the place that it has. */
const WIDTH = 120;
const HEIGHT = 36;

/**
 * The line through a series, from left to right, for the `d` of an SVG path.
 * @param values evenly spaced in time; undefined is a gap
 * @param length how many fit: fewer begin at the right
 * @returns empty where there is nothing to draw
 */
export function linePath(values: readonly (number | undefined)[], length: number): string {
  const known = values.filter((value) => value !== undefined);
  const top = Math.max(...known, Number.MIN_VALUE);
  const step = WIDTH / (length - 1);
  let down = false;
  return values
    .map((value, index) => {
      if (value === undefined) {
        down = false;
        return '';
      }
      const x = WIDTH - (values.length - 1 - index) * step;
      // Room for half of the line’s width above and below.
      const y = HEIGHT - 1 - (value / top) * (HEIGHT - 2);
      const point = `${down ? 'L' : 'M'}${round(x)} ${round(y)}`;
      // A single value between gaps is a dot.
      const dot = !down && values[index + 1] === undefined ? 'h0.5' : '';
      down = true;
      return point + dot;
    })
    .join('');
}

const round = (value: number) => Number(value.toFixed(2));

export interface Chart {
  title: string;
  /** The newest value, in words. */
  now: string;
  /** All that the drawing says, in words. */
  text: string;
  values: readonly (number | undefined)[];
  length: number;
}

/** A figure over time. Its text says to those who do not see it what the line shows. */
export function chart({ title, now, text, values, length }: Chart) {
  return html`
    <figure class="chart" part="chart">
      <figcaption>
        <span class="muted">${title}</span>
        <b>${now}</b>
      </figcaption>
      <svg
        role="img"
        aria-label=${text}
        viewBox="0 0 ${WIDTH} ${HEIGHT}"
        preserveAspectRatio="none"
      >
        ${svg`<path d=${linePath(values, length)} vector-effect="non-scaling-stroke" />`}
      </svg>
    </figure>
  `;
}
