import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { findChrome, findFirefox } from './browsers.mjs';
import { root } from './root.mjs';

/** @typedef {import('../../bench/lib/report.js').Figure} Figure */

/**
 * docs/benchmarks.md.
 *
 * @param {{ file: string, figures: Figure[] }[]} benches
 */
export function benchmarksPage(benches) {
  return `# Benchmarks

Made by \`npm run bench\`. Each figure stands beside its control from the same run; the ratio between
the two is what counts, the rest depends on the machine.

${machine()}

${benches.map(section).join('\n')}`;
}

/** @param {{ file: string, figures: Figure[] }} bench */
function section({ file, figures }) {
  const rows = figures.map(
    ({ claim, figure, control, ratio, limit = '', passed = true }) =>
      `| ${claim} | ${figure} | ${control} | ${ratio.toFixed(2)} | ${passed ? limit : `**over** ${limit}`} |`,
  );
  return `## ${file}

${headOf(file)}

| Measured | Figure | Control | Ratio | Limit |
| --- | --- | --- | --- | --- |
${rows.join('\n')}
`;
}

/**
 * The comment that a file begins with: how it measures.
 *
 * @param {string} file
 */
function headOf(file) {
  const [comment = ''] = /^(\/\/.*\n)+/.exec(readFileSync(join(root, file), 'utf8')) ?? [];
  return comment.trim().replaceAll(/^\/\/ /gm, '');
}

/** Describes the machine and the versions that ran. */
function machine() {
  const cores = cpus();
  const versions = [
    `Node ${process.version.slice(1)}`,
    versionOf(findChrome()),
    versionOf(findFirefox()),
  ];
  return [
    new Date().toISOString().slice(0, 10),
    `${cores.length} × ${cores[0]?.model.trim()}`,
    ...versions.filter((version) => version),
  ].join(' · ');
}

/** @param {string | undefined} browser */
function versionOf(browser) {
  const { stdout } = browser ? spawnSync(browser, ['--version'], { encoding: 'utf8' }) : {};
  return /^\D*[\d.]+/.exec(stdout ?? '')?.[0].trim();
}
