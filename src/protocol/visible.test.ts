import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isVisible } from './visible.js';

const invisible = [
  0x00, 0x07, 0x20, 0x7f, 0x85, 0xa0, 0xad, 0x34f, 0x61c, 0x115f, 0x1160, 0x17b4, 0x180e, 0x200b,
  0x200d, 0x200e, 0x2028, 0x202e, 0x2060, 0x2063, 0x2065, 0x2066, 0x2800, 0x3000, 0x3164, 0xfe0f,
  0xfeff, 0xffa0, 0xfff0, 0xfff9, 0xfffb, 0x1d173, 0xe0001, 0xe0020, 0xe0100, 0xe01f0,
];

describe('isVisible', () => {
  it('finds invisible characters invisible, alone or together', () => {
    for (const point of invisible) {
      assert.equal(isVisible(String.fromCodePoint(point)), false, point.toString(16));
    }
    assert.equal(isVisible(String.fromCodePoint(...invisible)), false);
    assert.equal(isVisible(''), false);
  });

  it('sees letters, signs, marks and emoji of any script, also among invisible characters', () => {
    for (const text of ['a', '.', '\u0301', 'م', '李', '👩‍👩‍👧', '🏴󠁧󠁢󠁥󠁮󠁧󠁿', '\u200b.\u2063', '\ufffd']) {
      assert.equal(isVisible(text), true, text);
    }
  });

  it('sees characters newer than its Unicode version', () => {
    for (const point of [0x378, 0x1faff, 0x1fbfe, 0x2fffd]) {
      assert.equal(isVisible(String.fromCodePoint(point)), true, point.toString(16));
    }
  });

  it('looks at a long text once', () => {
    assert.equal(isVisible(`${'\u200b'.repeat(1_000_000)}a`), true);
    assert.equal(isVisible('\u200b'.repeat(1_000_000)), false);
  });
});
