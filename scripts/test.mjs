// npm test: every suite, and one line at the end that adds them up.
// `node scripts/test.mjs [suite…] [word…]` runs the suites named, and of their test files only those
// whose path contains one of the words.
import { buildIfStale } from './lib/build.mjs';
import { ensureChrome } from './lib/browsers.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { runNode } from './lib/run.mjs';
import { runAndShowLater, suites } from './lib/suites.mjs';

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

/** @param {import('./lib/suites.mjs').Suite['lane']} lane */
const inLane = (lane) => chosen.filter(([, suite]) => suite.lane === lane);
const computing = inLane('computing');
const waiting = inLane('waiting');
await Promise.all([
  runAll(computing, runNode),
  // Beside others it says what it has to say at its end.
  runAll(waiting, computing.length > 0 ? runAndShowLater : runNode),
]);

console.log(`\n${summary(total)}`);
process.exitCode = total.failed === 0 ? 0 : 1;

/**
 * @param {typeof chosen} suitesOfLane
 * @param {typeof runNode} start
 */
async function runAll(suitesOfLane, start) {
  for (const [name, suite] of suitesOfLane) {
    console.log(`\n── ${suite.title} (${name})${start === runNode ? '' : ': begins'}`);
    const counts = await suite.run(wanted, start);
    console.log(`${counts.failed === 0 ? '✔' : '✖'} ${name}: ${summary(counts)}`);
    total.passed += counts.passed;
    total.failed += counts.failed;
    total.skipped += counts.skipped;
  }
}

/** @param {import('./lib/counts.mjs').Counts} counts */
function summary({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}
