import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { sdpKinds } from '../core/inspect/sdp-lines.js';
import { explorers as de } from './de-explorers.js';
import { explorers as en } from './en-explorers.js';
import { addExplorerLanguage, translateExplorer, type ExplorerKey } from './explorers.js';
import { languages } from './languages.js';

const placesIn = (words: string) =>
  [...words.matchAll(/\{(\w+)\}/g)].map(([, place]) => place).sort();

describe('the words of the explorers', () => {
  it('are the same in German as in English, with the same places filled in', () => {
    assert.deepEqual(Object.keys(de).sort(), Object.keys(en).sort());
    for (const key of Object.keys(en) as ExplorerKey[]) {
      assert.ok(de[key].trim(), key);
      assert.deepEqual(placesIn(de[key]), placesIn(en[key]), key);
    }
  });

  it('explain each kind of line of a description', () => {
    for (const kind of sdpKinds) assert.ok(en[`sdp-${kind}`], kind);
  });

  it('are English until another language has been loaded', async () => {
    const change = new Promise((resolve) =>
      languages.addEventListener('change', resolve, { once: true }),
    );
    assert.equal(translateExplorer('de-AT', 'done'), 'Done');
    await change;
    assert.equal(translateExplorer('de-AT', 'done'), 'Fertig');
    assert.equal(translateExplorer('de', 'milliseconds', { value: 7 }), '7 ms');
  });

  it('may be those of a page', () => {
    addExplorerLanguage('eo', { ...en, done: 'Farite' });
    assert.equal(translateExplorer('eo-XX', 'done'), 'Farite');
    assert.equal(translateExplorer('', 'done'), 'Done');
  });
});
