import { mkdirSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './root.mjs';
import { runNode } from './run.mjs';

const stamp = join(root, 'dist/.stamp');

/** The sources of dist/ and server/dist/. */
const sources = [
  'src',
  'server',
  'package.json',
  'package-lock.json',
  'tsconfig.json',
  'tsconfig.build.json',
  'rollup.config.mjs',
  'custom-elements-manifest.config.mjs',
  'scripts/lib',
];

const steps = [
  {
    name: 'types and modules of the kit',
    args: ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json'],
  },
  {
    name: 'types and modules of the server',
    args: ['node_modules/typescript/bin/tsc', '-p', 'server/tsconfig.build.json'],
  },
  { name: 'bundle', args: ['node_modules/rollup/dist/bin/rollup', '-c', '--silent'] },
  {
    name: 'custom-elements.json',
    args: ['node_modules/@custom-elements-manifest/analyzer/cem.js', 'analyze', '--quiet'],
  },
];

/** Builds dist/. Returns whether that worked; what went wrong has been printed. */
export async function build() {
  const started = new Date();
  rmSync(stamp, { force: true });
  // A file that was renamed or removed in the sources must not live on in the package. The bundle's
  // folder stays: rollup.config.mjs says which chunks of an earlier build are still served.
  for (const folder of ['dist/src', 'server/dist']) {
    rmSync(join(root, folder), { recursive: true, force: true });
  }
  for (const { name, args } of steps) {
    const code = await runNode(args);
    if (code === 0) continue;
    console.error(`Build failed: ${name}`);
    return false;
  }
  // Dated at the start: a source that changed during the build is newer and is built again.
  mkdirSync(join(root, 'dist'), { recursive: true });
  writeFileSync(stamp, '');
  utimesSync(stamp, started, started);
  return true;
}

/** Builds dist/ if a source is newer than it. Returns whether dist/ is now up to date. */
export async function buildIfStale() {
  if (isFresh()) return true;
  console.log('Building dist/');
  return build();
}

function isFresh() {
  const built = statSync(stamp, { throwIfNoEntry: false })?.mtimeMs;
  if (built === undefined) return false;
  return sources.every((source) => newest(join(root, source)) <= built);
}

/**
 * The latest change at or under a path, in ms. Folders count too: theirs changes when a file in
 * them is removed.
 *
 * @param {string} path
 * @returns {number}
 */
function newest(path) {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (!stats) return 0;
  if (!stats.isDirectory()) return stats.mtimeMs;
  const names = readdirSync(path).filter((name) => name !== 'dist');
  return Math.max(stats.mtimeMs, ...names.map((name) => newest(join(path, name))));
}
