import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { cleanName } from './names.js';
import { nameKey } from './name-key.js';

const anyText = fc.string({ unit: 'binary' });

describe('cleanName', () => {
  it('keeps names of any script', () => {
    for (const name of ['bob', 'Zoë', '李雷', 'محمد', 'नमस्ते', '👩‍👩‍👧', '🏴󠁧󠁢󠁥󠁮󠁧󠁿', 'علی‌رضا', 'a b']) {
      assert.equal(cleanName(name), name.normalize('NFC'));
    }
  });

  it('keeps names that mean something to a plain object', () => {
    for (const name of ['__proto__', 'constructor', 'toString', 'hasOwnProperty']) {
      assert.equal(cleanName(name), name);
    }
  });

  it('trims and composes', () => {
    assert.equal(cleanName('  Zoe\u0308\n'), 'Zo\u00eb');
  });

  it('counts code points after trimming: 1 to 64', () => {
    assert.equal(cleanName('😀'.repeat(64)), '😀'.repeat(64));
    assert.equal(cleanName(` ${'a'.repeat(64)} `), 'a'.repeat(64));
    assert.equal(cleanName('😀'.repeat(65)), undefined);
    assert.equal(cleanName('a'.repeat(100_000)), undefined);
    assert.equal(cleanName(''), undefined);
    assert.equal(cleanName(' \t '), undefined);
  });

  it('refuses control characters, lone surrogates and bidirectional controls', () => {
    for (const bad of ['\0', '\x07', '\x7f', '\x85', '\u2028', '\u202e', '\u2066', '\ud800']) {
      assert.equal(cleanName(`a${bad}b`), undefined, JSON.stringify(bad));
    }
  });

  it('refuses invisible names', () => {
    for (const bad of ['bo\u200bb', 'bo\u00adb', 'bo\u2060b', 'bo\ufeffb']) {
      assert.equal(cleanName(bad), undefined, JSON.stringify(bad));
    }
    for (const bad of ['\u200d', '\u3164', '\u115f', '\ufe0f', '\u200c \u200c']) {
      assert.equal(cleanName(bad), undefined, JSON.stringify(bad));
    }
  });

  it('refuses every format character, default-ignorable and unassigned code point', () => {
    const kept = /[\p{Join_Control}\p{Variation_Selector}]/u;
    const hidden = /[\p{Cf}\p{Cn}\p{Default_Ignorable_Code_Point}]/u;
    for (let code = 0; code <= 0x10ffff; code++) {
      const character = String.fromCodePoint(code);
      if (!hidden.test(character) || kept.test(character)) continue;
      assert.equal(cleanName(`ali${character}ce`), undefined, code.toString(16));
    }
  });

  it('refuses tag characters outside the flag of a region', () => {
    assert.equal(cleanName('alice\u{e0061}'), undefined);
    assert.equal(cleanName('\u{1f3f4}\u{e0067}\u{e0062}'), undefined);
  });

  it('refuses a mix of look-alike scripts in a name, and accepts each alone', () => {
    for (const bad of ['bоb', 'Αlice', 'pаypal', 'Ꭺlice', 'օlga']) {
      assert.equal(cleanName(bad), undefined, bad);
    }
    for (const name of ['Иван 2', 'Ελένη', 'Ֆլորա', 'ᏣᎳᎩ', 'Naomi 直美']) {
      assert.equal(cleanName(name), name);
    }
  });

  it('refuses a value that is no string', () => {
    for (const bad of [undefined, null, 1, true, {}, [], ['bob'], { toString: () => 'bob' }]) {
      assert.equal(cleanName(bad), undefined);
    }
  });

  it('returns a clean name with the same key', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const name = cleanName(text);
        if (name === undefined) return;
        assert.equal(cleanName(name), name);
        assert.equal(nameKey(name), nameKey(text));
      }),
    );
  });
});

describe('nameKey', () => {
  it('joins spellings of the same name', () => {
    const same: [string, string][] = [
      ['Bob', 'bOB'],
      [' bob ', 'bob'],
      ['Zoe\u0308', 'ZO\u00cb'],
      ['straße', 'STRASSE'],
      ['STRAẞE', 'strasse'],
      ['ΟΔΟΣ', 'οδος'],
      ['οδοσ', 'οδος'],
      ['ИВАН', 'иван'],
      ['\u212b', 'å'],
      ['ａｌｉｃｅ', 'alice'],
      ['ﬁona', 'fiona'],
      ['𝒷ℴ𝒷', 'bob'],
    ];
    for (const [one, other] of same) assert.equal(nameKey(one), nameKey(other), `${one} ${other}`);
  });

  it('leaves out invisible characters', () => {
    for (const hidden of [
      '\ufff9',
      '\ufffa',
      '\ufffb',
      '\u200b',
      '\u200d',
      '\ufe0f',
      '\u00ad',
      '\u2063',
    ]) {
      assert.equal(nameKey(`ali${hidden}ce`), 'alice', JSON.stringify(hidden));
    }
  });

  it('keeps different names apart', () => {
    const different: [string, string][] = [
      ['bob', 'bobby'],
      ['Zoe', 'Zoë'],
      ['a b', 'ab'],
      ['bob', 'bоb'], // the second has a Cyrillic о
      ['1', 'l'],
    ];
    for (const [one, other] of different) assert.notEqual(nameKey(one), nameKey(other));
  });

  it('is its own key, however the name is composed', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        assert.equal(nameKey(nameKey(text)), nameKey(text));
        assert.equal(nameKey(text.normalize('NFD')), nameKey(text));
      }),
    );
  });
});
