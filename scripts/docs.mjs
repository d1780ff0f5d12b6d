// npm run docs: docs/tags.md from what the sources say of each tag.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildIfStale } from './lib/build.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { root } from './lib/root.mjs';
import { tagsPage } from './lib/tags-page.mjs';

ensureInstalled();
if (await buildIfStale()) {
  const manifest = JSON.parse(readFileSync(join(root, 'dist/custom-elements.json'), 'utf8'));
  writeFileSync(join(root, 'docs/tags.md'), tagsPage(manifest));
} else {
  process.exitCode = 1;
}
