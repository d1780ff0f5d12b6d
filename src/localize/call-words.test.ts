import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { english, tables } from '../../test/helpers/english.js';
import { media } from './en-media.js';
import { en } from './en.js';
import { translate } from './localize.js';

const source = new URL('../', import.meta.url);
const define = new URL('define/', source);

/** Keys that a tag uses only while there is a call, by the tag's module: the call part brings the words. */
const onlyInCalls: Record<string, string[]> = {
  'text-chat.ts': ['conversation', 'hang-up'],
  'call-status.ts': ['calling', 'ringing'],
};

/** The text of a module and of each that it imports, types and `import()` left out. */
function modulesOf(module: URL, found = new Map<string, string>()): Map<string, string> {
  const text = readFileSync(module, 'utf8');
  found.set(fileURLToPath(module), text);
  for (const [, path] of text.matchAll(/^(?:import|export)(?! type)[^;']*'(\.[^']+)\.js';$/gm)) {
    const imported = new URL(`${path}.ts`, module);
    if (!found.has(fileURLToPath(imported))) modulesOf(imported, found);
  }
  return found;
}

/** The keys in calls of `t()` that name them, also those that a condition chooses from. */
function keysIn([file, text]: [string, string]): string[] {
  return [...text.matchAll(/\bt\(([^()]*)/g)]
    .flatMap(([, inside]) => [...inside!.matchAll(/'([\w-]+)'/g)].map(([, key]) => key!))
    .filter((key) => Object.hasOwn(english, key) && !onlyInCalls[basename(file)]?.includes(key));
}

describe('the words of the call part', () => {
  it('are there once it has been loaded; until then the words are those for any error', async () => {
    assert.equal(translate('en', 'accept'), en.error);
    assert.equal(translate('en', 'media-denied'), en.error);
    await import('./call-words.js');
    assert.equal(translate('en', 'accept'), 'Accept');
    assert.equal(translate('en', 'media-denied'), media['media-denied']);
    assert.equal(translate('en', 'sign-in'), 'Sign in');
  });

  it('are in one table each', () => {
    const keys = Object.values(tables).flatMap((table) => Object.keys(table));
    assert.equal(new Set(keys).size, keys.length);
  });
});

describe('a module that registers a tag', () => {
  const tags = readdirSync(define)
    .filter((file) => /^[\w-]+\.ts$/.test(file))
    .map((file) => file.replace('.ts', ''));

  for (const tag of tags) {
    it(`brings the words that its tags use: ${tag}`, () => {
      const modules = modulesOf(new URL(`${tag}.ts`, define));
      const words = Object.entries(tables).flatMap(([file, table]) =>
        modules.has(fileURLToPath(new URL(file, import.meta.url))) ? Object.keys(table) : [],
      );
      const keys = [...modules].flatMap(keysIn);
      const missing = keys.filter((key) => !words.includes(key));
      assert.deepEqual(missing, []);
    });
  }

  for (const tag of ['call-part', 'call-status', 'peer-explorer', 'support', 'media-explorer']) {
    it(`brings the words for what is wrong with a device: ${tag}`, () => {
      const modules = modulesOf(new URL(`${tag}.ts`, define));
      assert.ok(modules.has(fileURLToPath(new URL('media-words.ts', import.meta.url))));
    });
  }

  it('brings the words of a call where its tag may be given one: call-status', () => {
    const modules = modulesOf(new URL('call-status.ts', define));
    assert.ok(modules.has(fileURLToPath(new URL('call-words.ts', import.meta.url))));
  });
});
