// npm run bench: measures every claim, or those named: `npm run bench -- size`.
import { buildIfStale } from './lib/build.mjs';
import { ensureChrome } from './lib/browsers.mjs';
import { filesUnder } from './lib/files.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { runNode } from './lib/run.mjs';

const names = process.argv.slice(2);

ensureInstalled();
process.env.CHROME_PATH = ensureChrome();
if (!(await buildIfStale())) process.exit(1);

for (const file of filesUnder('bench')) {
  const name = /^bench\/([^/]+)\.ts$/.exec(file)?.[1];
  if (!name || (names.length > 0 && !names.includes(name))) continue;
  console.log(`\n── ${name}`);
  if ((await runNode(['--import=tsx', file])) !== 0) process.exitCode = 1;
}
