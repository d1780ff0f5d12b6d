import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { tagsPage } from '../../scripts/lib/tags-page.mjs';

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');

test('docs/tags.md matches the sources', () => {
  const page = tagsPage(JSON.parse(read('dist/custom-elements.json')));
  assert.equal(read('docs/tags.md'), page, 'npm run docs makes it anew');
});

test('every tag is documented', () => {
  const page = read('docs/tags.md');
  const tags = [...read('src/index.ts').matchAll(/components\/([a-z-]+)\//g)].map(([, tag]) => tag);
  assert.ok(tags.length > 10);
  for (const tag of tags) assert.match(page, new RegExp(`^## \`rtc-${tag}\`$`, 'm'));
});
