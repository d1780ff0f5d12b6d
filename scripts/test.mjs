// npm test: every suite, and one line at the end that adds them up.
// `node scripts/test.mjs [suite…] [word…]` runs the suites named, and of their test files only those
// whose path contains one of the words.
import { buildIfStale } from './lib/build.mjs';
import { ensureChrome } from './lib/browsers.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { suites } from './lib/suites.mjs';

const words = process.argv.slice(2);
const named = words.filter((word) => word in suites);
const wanted = words.filter((word) => !(word in suites));
const chosen = Object.entries(suites).filter(
  ([name]) => named.length === 0 || named.includes(name),
);

ensureInstalled();
const total = { passed: 0, failed: 0, skipped: 0 };
if (chosen.some(([, { needs }]) => needs.includes('chrome')))
  process.env.CHROME_PATH = ensureChrome();
if (chosen.some(([, { needs }]) => needs.includes('build'))) {
  // A build that fails is a failure of its own, and the suites that need none still say theirs.
  if (!(await buildIfStale())) total.failed += 1;
}

/**
 * Suites that run beside others.
 *
 * @type {Promise<void>[]}
 */
const beside = [];
for (const [name, suite] of chosen) {
  if (suite.how === 'beside') {
    beside.push(run(name, suite));
    continue;
  }
  if (suite.how === 'alone') await Promise.all(beside);
  await run(name, suite);
}
await Promise.all(beside);

console.log(`\n${summary(total)}`);
process.exitCode = total.failed === 0 ? 0 : 1;

/**
 * @param {string} name
 * @param {import('./lib/suites.mjs').Suite} suite
 */
async function run(name, suite) {
  console.log(`\n── ${suite.title} (${name})${suite.how === 'beside' ? ': begins' : ''}`);
  const counts = await suite.run(wanted);
  console.log(`${counts.failed === 0 ? '✔' : '✖'} ${name}: ${summary(counts)}`);
  total.passed += counts.passed;
  total.failed += counts.failed;
  total.skipped += counts.skipped;
}

/** @param {import('./lib/counts.mjs').Counts} counts */
function summary({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}
