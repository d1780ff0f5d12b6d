import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');

test('docs/develop.md shows the own tag as the story runs it and tsc checks it', () => {
  const example = read('stories/own-tag/my-partner.ts').replace(
    '../../src/index.js',
    'rtc-widgets',
  );
  assert.ok(read('docs/develop.md').includes(`\`\`\`ts\n${example}\`\`\``));
});
