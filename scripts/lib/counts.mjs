import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * The results of a suite.
 * @typedef {{ passed: number, failed: number, skipped: number }} Counts
 */

/** Where a reporter running inside a test runner writes its Counts as JSON. */
export const countsVariable = 'RTC_TEST_COUNTS';

/**
 * Runs something that starts a test runner with a counting reporter, and reads what it counted.
 *
 * @param {(env: Record<string, string>) => Promise<number>} start passes env on; gives the exit code
 * @returns {Promise<Counts>}
 */
export async function countedRun(start) {
  const folder = mkdtempSync(join(tmpdir(), 'rtc-widgets-test-'));
  const file = join(folder, 'counts.json');
  try {
    const code = await start({ [countsVariable]: file });
    return checked(readCounts(file), code);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * A suite that ran nothing, or that failed without naming a test, is one failure.
 *
 * @param {Counts} counts
 * @param {number} code
 * @returns {Counts}
 */
function checked(counts, code) {
  const ranNothing = counts.passed + counts.failed === 0;
  const failedUnseen = code !== 0 && counts.failed === 0;
  return ranNothing || failedUnseen ? { ...counts, failed: counts.failed + 1 } : counts;
}

/**
 * @param {string} file
 * @returns {Counts}
 */
function readCounts(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return { passed: 0, failed: 0, skipped: 0 };
  }
}
