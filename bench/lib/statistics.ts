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

/** Median and quartiles. */
export function milliseconds(times: number[]): string {
  const [low, middle, high] = [0.25, 0.5, 0.75].map((part) => quantile(times, part).toFixed(0));
  return `${middle} ms (${low} to ${high})`;
}
