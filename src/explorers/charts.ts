import { html, nothing } from 'lit';
import type { Figure, StatsSeries } from '../core/inspect/stats-series.js';
import type { ExplorerKey } from '../localize/explorers.js';
import { chart } from './chart.js';
import type { Say } from './explorer-words.js';

/** How many readings a chart has room for. */
const LENGTH = 60;

/** Each figure that is drawn, by what its unit is divided by, and the words of the unit. */
const figures: [Figure, number, ExplorerKey][] = [
  ['sent', 1000, 'unit-kbit'],
  ['received', 1000, 'unit-kbit'],
  ['roundTrip', 1, 'unit-ms'],
  ['jitter', 1, 'unit-ms'],
  ['loss', 1, 'unit-percent'],
  ['frameRate', 1, 'unit-fps'],
  ['frameHeight', 1, 'unit-px'],
  ['freezes', 1, 'unit-times'],
  ['level', 1, 'unit-percent'],
];

/** The statistics of a connection over the last minute, as small charts. */
export function charts(say: Say, number: (value: number) => string, series: StatsSeries) {
  const { last } = series;
  if (!last) return html`<p class="hint">${say('charts-none')}</p>`;
  return html`
    <div class="charts">
      ${figures.map(([figure, divisor, unit]) => {
        const values = series.of(figure).map((value) => value && value / divisor);
        const known = values.filter((value) => value !== undefined);
        // A chat has no picture: nothing is drawn of what there never was.
        if (!known.length) return nothing;
        const words = (value: number) => say(unit, { value: number(value) });
        const title = say(`figure-${figure}`);
        const now = values.at(-1);
        const size =
          figure === 'frameHeight' ? `${last.frameWidth}×${last.frameHeight}` : undefined;
        const current = now === undefined ? say('unknown') : (size ?? words(now));
        const text = say('chart', {
          title,
          now: current,
          least: words(Math.min(...known)),
          most: words(Math.max(...known)),
        });
        return chart({ title, now: current, text, values, length: LENGTH });
      })}
    </div>
    ${
      last.limitation
        ? html`<p part="limitation">
            ${say('limitation')}
            <b>${say(limitations[last.limitation] ?? 'limitation-other')}</b>
          </p>`
        : nothing
    }
  `;
}

/** WebRTC Statistics, RTCQualityLimitationReason. */
const limitations: Record<string, ExplorerKey> = {
  none: 'limitation-none',
  cpu: 'limitation-cpu',
  bandwidth: 'limitation-bandwidth',
};
