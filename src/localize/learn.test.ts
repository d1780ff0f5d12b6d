import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { sdpKinds } from '../core/inspect/sdp-lines.js';
import { learn as de } from './de-learn.js';
import { learn as en } from './en-learn.js';
import { addLearnLanguage, translateLearn, type LearnKey } from './learn.js';
import { languages } from './languages.js';

const placesIn = (words: string) =>
  [...words.matchAll(/\{(\w+)\}/g)].map(([, place]) => place).sort();

describe('the words of the explorers', () => {
  it('are the same in German as in English, with the same places filled in', () => {
    assert.deepEqual(Object.keys(de).sort(), Object.keys(en).sort());
    for (const key of Object.keys(en) as LearnKey[]) {
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
    assert.equal(translateLearn('de-AT', 'done'), 'Done');
    await change;
    assert.equal(translateLearn('de-AT', 'done'), 'Fertig');
    assert.equal(translateLearn('de', 'milliseconds', { value: 7 }), '7 ms');
  });

  it('may be those of a page', () => {
    addLearnLanguage('eo', { ...en, done: 'Farite' });
    assert.equal(translateLearn('eo-XX', 'done'), 'Farite');
    assert.equal(translateLearn('', 'done'), 'Done');
  });
});
