// A reporter for web-test-runner that counts tests into the file named by the environment.
import { writeFileSync } from 'node:fs';
import { countsVariable } from './counts.mjs';

/**
 * @typedef {import('@web/test-runner').TestSession} TestSession
 * @typedef {NonNullable<TestSession['testResults']>} SuiteResult
 */

/** @returns {import('@web/test-runner').Reporter} */
export function elementCountReporter() {
  return {
    onTestRunFinished({ sessions }) {
      const file = process.env[countsVariable];
      if (file) writeFileSync(file, JSON.stringify(total(sessions)));
    },
  };
}

/** @param {TestSession[]} sessions */
function total(sessions) {
  const counts = { passed: 0, failed: 0, skipped: 0 };
  for (const session of sessions) {
    const before = counts.failed;
    if (session.testResults) add(counts, session.testResults);
    // A page that crashed or did not load has failed, though no test of it says so.
    if (!session.passed && counts.failed === before) counts.failed += 1;
  }
  return counts;
}

/**
 * @param {import('./counts.mjs').Counts} counts
 * @param {SuiteResult} suite
 */
function add(counts, suite) {
  for (const test of suite.tests) {
    if (test.skipped) counts.skipped += 1;
    else if (test.passed) counts.passed += 1;
    else counts.failed += 1;
  }
  for (const inner of suite.suites) add(counts, inner);
}
