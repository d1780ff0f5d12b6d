import { captureNode } from './run.mjs';

/** The checks of `npm run check`, the slow ones first. */
const checks = [
  { name: 'lint', args: ['node_modules/eslint/bin/eslint.js', '.'] },
  { name: 'types', args: ['node_modules/typescript/bin/tsc', '--noEmit'] },
  { name: 'unused code', args: ['node_modules/knip/bin/knip.js', '--no-progress'] },
  {
    name: 'import directions',
    args: [
      'node_modules/dependency-cruiser/bin/dependency-cruise.mjs',
      '--output-type=err-long',
      '.',
    ],
  },
  {
    name: 'format',
    args: ['node_modules/prettier/bin/prettier.cjs', '--check', '--log-level=warn', '.'],
  },
];

const atOnce = 2;

/**
 * Runs the checks, a few at a time, and prints the output of those that fail.
 *
 * @returns {Promise<import('./counts.mjs').Counts>}
 */
export async function runChecks() {
  const counts = { passed: 0, failed: 0, skipped: 0 };
  const waiting = [...checks];
  await Promise.all(Array.from({ length: atOnce }, work));
  return counts;

  async function work() {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const { code, output } = await captureNode(next.args);
      if (code === 0) {
        counts.passed += 1;
        console.log(`✔ ${next.name}`);
      } else {
        counts.failed += 1;
        console.log(`✖ ${next.name}\n${output.trimEnd()}\n`);
      }
    }
  }
}
