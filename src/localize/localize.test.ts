import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { de } from './de.js';
import { english } from '../../test/helpers/english.js';
import { languages } from './languages.js';
import { addEnglish, addLanguage, translate } from './localize.js';
import type { StringKey } from './strings.js';

// As in a page that has loaded every part.
addEnglish(english);

const placesIn = (words: string) =>
  [...words.matchAll(/\{(\w+)\}/g)].map(([, place]) => place).sort();

/** Waits until a language has been loaded. */
const loaded = () =>
  new Promise((resolve) => languages.addEventListener('change', resolve, { once: true }));

describe('German', () => {
  it('has the strings that English has, and no other', () => {
    assert.deepEqual(Object.keys(de).sort(), Object.keys(english).sort());
  });

  for (const key of Object.keys(english) as StringKey[]) {
    it(`says “${english[key]}” with the same places filled in`, () => {
      assert.ok(de[key].trim(), 'it is empty');
      assert.deepEqual(placesIn(de[key]), placesIn(english[key]));
    });
  }

  it('is loaded when it is first asked for; until then the words are English', async () => {
    const change = loaded();
    assert.equal(translate('de-AT', 'accept'), 'Accept');
    await change;
    assert.equal(translate('de-AT', 'accept'), 'Annehmen');
    assert.equal(translate('de', 'accept'), 'Annehmen');
  });
});

describe('English', () => {
  it('keeps the words that people and tests rely on', () => {
    const contract = ['Username', 'Sign in', 'Sign out', 'Username to call', 'Call', 'Hang up'];
    contract.push('Accept', 'Decline', 'Message', 'Messages', 'Send', 'Turn on sound');
    for (const words of contract) assert.ok(Object.values(english).includes(words), words);
    assert.match(english['name-taken'], /try a different username/);
  });

  it('takes the place of a language that nobody has added', () => {
    assert.equal(translate('tlh', 'accept'), 'Accept');
    assert.equal(translate('', 'accept'), 'Accept');
  });
});

describe('a string', () => {
  it('has its places filled in, also with special replacement patterns', () => {
    assert.equal(translate('en', 'calling', { name: '$& {name}' }), 'Calling $& {name}…');
  });

  it('has nothing in a place that there is nothing for', () => {
    assert.equal(translate('en', 'calling'), 'Calling …');
  });

  it('is there at once, whichever it is', () => {
    for (const key of Object.keys(english) as StringKey[])
      assert.ok(translate('en', key).trim(), key);
  });

  it('for a code that is newer than the words says that something is wrong', () => {
    for (const code of ['something-newer', 'toString', '__proto__']) {
      assert.equal(translate('en', code), english.error);
    }
  });
});

describe('a language of the page’s own', () => {
  it('is used from then on, and falls back from the region', async () => {
    const change = loaded();
    addLanguage('eo', { ...english, accept: 'Akcepti' });
    await change;
    assert.equal(translate('eo', 'accept'), 'Akcepti');
    assert.equal(translate('eo-XX', 'accept'), 'Akcepti');
  });

  it('may be for a single region', () => {
    addLanguage('en-GB', { ...english, 'hang-up': 'Ring off' });
    assert.equal(translate('en-GB', 'hang-up'), 'Ring off');
    assert.equal(translate('en', 'hang-up'), 'Hang up');
  });
});
