// npm run bench: measures every claim and writes docs/benchmarks.md. `npm run bench -- size` measures
// those named and only prints.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { benchmarksPage } from './lib/benchmarks-page.mjs';
import { ensureChrome } from './lib/browsers.mjs';
import { filesUnder } from './lib/files.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { root } from './lib/root.mjs';
import { runNode } from './lib/run.mjs';

const names = process.argv.slice(2);

ensureInstalled();
process.env.CHROME_PATH = ensureChrome();

const folder = mkdtempSync(join(tmpdir(), 'rtc-widgets-bench-'));
try {
  const benches = [];
  for (const file of filesUnder('bench')) {
    const name = /^bench\/([^/]+)\.ts$/.exec(file)?.[1];
    if (!name || (names.length > 0 && !names.includes(name))) continue;
    console.log(`\n── ${name}`);
    const figures = join(folder, name);
    if (
      (await runNode(['--conditions=rtc-widgets-source', '--import=tsx', file], {
        BENCH_FIGURES: figures,
      })) !== 0
    ) {
      process.exitCode = 1;
    }
    benches.push({ file, figures: readFigures(figures) });
  }
  if (names.length === 0) {
    writeFileSync(join(root, 'docs/benchmarks.md'), benchmarksPage(benches));
    console.log('\nWrote docs/benchmarks.md');
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/**
 * Reads the figures of a benchmark. A benchmark that crashed has none: figures of an earlier run
 * must not stay on the page.
 *
 * @param {string} path
 * @returns {import('../bench/lib/report.js').Figure[]}
 */
function readFigures(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return [];
  }
}
