/** The value at a part of the way from the smallest (0) to the largest (1). */
export function quantile(values: number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const at = part * (sorted.length - 1);
  const low = sorted[Math.floor(at)]!;
  return low + (sorted[Math.ceil(at)]! - low) * (at % 1);
}

export function median(values: number[]): number {
  return quantile(values, 0.5);
}

/** Median and quartiles, in words. */
export function spread(values: number[], unit: string, digits = 0): string {
  const [low, middle, high] = [0.25, 0.5, 0.75].map((part) =>
    quantile(values, part).toFixed(digits),
  );
  return `${middle} ${unit} (${low} to ${high})`;
}

export const milliseconds = (times: number[]) => spread(times, 'ms');

/** The measurements of a contestant. */
export interface Series {
  name: string;
  values: number[];
}

/** Puts a series beside its control, by medians; `words` formats the values. */
export const beside = (one: Series, control: Series, words: (values: number[]) => string) => ({
  figure: `${one.name} ${words(one.values)}`,
  control: `${control.name} ${words(control.values)}`,
  ratio: median(one.values) / median(control.values),
});
