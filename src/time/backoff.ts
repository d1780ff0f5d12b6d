/** How long to wait after so many failures, in milliseconds: it doubles, up to the longest. */
export const backoff = (failures: number, first: number, longest: number): number =>
  Math.min(longest, first * 2 ** failures);
