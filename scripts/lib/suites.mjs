import { runChecks } from './checks.mjs';
import { countedRun } from './counts.mjs';
import { filesUnder } from './files.mjs';
import { captureNode, runNode } from './run.mjs';

/**
 * Suites of a lane run one after the other, and the lanes beside each other: most of its time the
 * second waits for what browsers notice of servers and networks that are gone.
 *
 * @typedef {import('./counts.mjs').Counts} Counts
 * @typedef {object} Suite
 * @property {string} title
 * @property {'computing' | 'waiting'} lane
 * @property {('build' | 'chrome')[]} needs
 * @property {(wanted: string[], start: typeof runNode) => Promise<Counts>} run
 */

/** Files that start browsers of their own. */
const oneAfterAnother = ['--test-concurrency=1', '--test-timeout=600000'];

/**
 * The suites of `npm test`, in order. Each runs those of its test files whose path contains one of
 * the wanted words, or all of them if there are none.
 *
 * @type {Record<string, Suite>}
 */
export const suites = {
  networks: {
    title: 'Networks that fail, end to end',
    needs: ['build', 'chrome'],
    lane: 'waiting',
    run: (wanted, start) => nodeTests(testsIn('test/networks'), wanted, oneAfterAnother, start),
  },
  check: {
    title: 'Types, lint, format, imports, unused code',
    lane: 'computing',
    needs: [],
    run: runChecks,
  },
  node: {
    title: 'Protocol, hub, core and server under Node',
    lane: 'computing',
    needs: [],
    run: (wanted) =>
      nodeTests(
        testsIn(
          'src/protocol',
          'src/time',
          'src/hub',
          'src/core',
          'src/events',
          'src/localize',
          'server',
        ),
        wanted,
        ['--test-concurrency=2', '--test-timeout=120000'],
      ),
  },
  elements: {
    title: 'Elements in Chromium',
    lane: 'computing',
    needs: ['chrome'],
    run: elementTests,
  },
  package: {
    title: 'The packages as installed',
    lane: 'computing',
    needs: ['build', 'chrome'],
    run: (wanted) => nodeTests(testsIn('test/package'), wanted, []),
  },
  tours: {
    title: 'Long ways through many pages and calls',
    lane: 'computing',
    needs: ['build', 'chrome'],
    run: (wanted, start) => nodeTests(testsIn('test/tours'), wanted, oneAfterAnother, start),
  },
  e2e: {
    title: 'Pages and servers, end to end',
    needs: ['build', 'chrome'],
    lane: 'waiting',
    run: (wanted, start) => nodeTests(testsIn('test/e2e'), wanted, oneAfterAnother, start),
  },
};

/**
 * @param {string[]} folders
 * @returns {string[]}
 */
function testsIn(...folders) {
  return folders
    .flatMap(filesUnder)
    .filter((file) => file.endsWith('.test.ts') && !file.endsWith('.browser.test.ts'));
}

/**
 * As `runNode`, with the output in one piece at the end.
 *
 * @param {string[]} args
 * @param {Record<string, string>} [env]
 */
export async function runAndShowLater(args, env) {
  const { code, output } = await captureNode(args, env);
  process.stdout.write(output);
  return code;
}

/**
 * @param {string[]} files
 * @param {string[]} wanted
 * @param {string[]} flags
 * @param {typeof runNode} [run]
 * @returns {Promise<Counts>}
 */
async function nodeTests(files, wanted, flags, run = runNode) {
  const chosen = choose(files, wanted);
  // Without a file node:test would look for tests of its own.
  if (chosen.length === 0) return nothingRan(wanted);
  return countedRun((env) =>
    run(
      [
        '--conditions=rtc-widgets-source',
        '--import=tsx',
        '--test',
        '--test-reporter=spec',
        '--test-reporter-destination=stdout',
        '--test-reporter=./scripts/lib/node-count-reporter.mjs',
        '--test-reporter-destination=stderr',
        ...flags,
        ...chosen,
      ],
      env,
    ),
  );
}

/**
 * @param {string[]} wanted
 * @returns {Promise<Counts>}
 */
async function elementTests(wanted) {
  const chosen = choose(elementTestFiles(), wanted);
  if (chosen.length === 0) return nothingRan(wanted);
  const only = wanted.length > 0 ? ['--files', ...chosen] : [];
  return countedRun((env) => runNode(['node_modules/@web/test-runner/dist/bin.js', ...only], env));
}

/** The tests that need a DOM: everything with elements, and what is named so. */
export function elementTestFiles() {
  const folders = ['components', 'context', 'define', 'internal', 'explorers'].map(
    (part) => `src/${part}/`,
  );
  return filesUnder('src').filter(
    (file) =>
      file.endsWith('.browser.test.ts') ||
      (file.endsWith('.test.ts') && folders.some((folder) => file.startsWith(folder))),
  );
}

/**
 * @param {string[]} files
 * @param {string[]} wanted
 */
function choose(files, wanted) {
  if (wanted.length === 0) return files;
  return files.filter((file) => wanted.some((word) => file.includes(word)));
}

/**
 * @param {string[]} wanted
 * @returns {Counts}
 */
function nothingRan(wanted) {
  console.error(
    wanted.length > 0 ? `No test file matches ${wanted.join(' ')}` : 'No test file found',
  );
  return { passed: 0, failed: 1, skipped: 0 };
}
