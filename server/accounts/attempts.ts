/** How often something may be tried. Durations are milliseconds. */
export interface AttemptRule {
  /** Attempts without a wait. */
  free: number;
  /** The wait after the first attempt beyond; it doubles with each further one. */
  base: number;
  /** The longest wait. */
  longest: number;
  /** How long after the last attempt all are forgotten; not shorter than the longest wait. */
  forget: number;
}

/** For one name, and for all names from one address, where many people may share one. */
export const defaultAttemptRules = {
  name: { free: 5, base: 1000, longest: 900_000, forget: 3_600_000 },
  address: { free: 50, base: 1000, longest: 900_000, forget: 3_600_000 },
} satisfies Record<string, AttemptRule>;

/** Counts attempts that may fail: each counts from its beginning, so that many at once do, too. */
export interface Attempts {
  /** Begins an attempt. @returns 0, or how long to wait: then it does not count */
  begin(key: string, rule: AttemptRule): Promise<number>;
  /** An attempt was none, or went well: it counts no more. */
  takeBack(key: string): Promise<void>;
  /** All attempts are forgotten. */
  clear(key: string): Promise<void>;
}

/** How long nothing may be tried after so many attempts. */
export function waitAfter(count: number, { free, base, longest }: AttemptRule): number {
  return count < free ? 0 : Math.min(longest, base * 2 ** (count - free));
}
