import { writeFileSync } from 'node:fs';

/** A figure beside its control: a row of docs/benchmarks.md. */
export interface Figure {
  /** The claim that was measured. */
  claim: string;
  figure: string;
  control: string;
  /** Figure divided by control. */
  ratio: number;
  /** The most that is allowed, in words; nothing for a figure that is only printed beside. */
  limit?: string;
  passed?: boolean;
}

/**
 * Prints figures, a line each, and hands them to the runner, which names a file for them. One over
 * its limit makes the exit code 1.
 */
export function report(figures: Figure[]): void {
  for (const each of figures) {
    const { claim, figure, control, ratio, limit, passed = true } = each;
    const verdict = limit
      ? `${passed ? 'within' : 'OVER'} the limit of ${limit}`
      : 'for comparison';
    console.log(`${claim}: ${figure}; ${control}; ratio ${ratio.toFixed(2)}; ${verdict}`);
    if (!passed) process.exitCode = 1;
  }
  const file = process.env.BENCH_FIGURES;
  if (file) writeFileSync(file, JSON.stringify(figures));
}
