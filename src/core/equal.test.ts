import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isEqual } from './equal.js';

const shared = {};

const cases: [unknown, unknown, boolean, string][] = [
  [1, 1, true, 'equal numbers'],
  [NaN, NaN, true, 'NaN and NaN'],
  [1, '1', false, 'a number and a string'],
  [undefined, null, false, 'undefined and null'],
  [{ a: 1 }, { a: 1 }, true, 'objects with equal fields'],
  [{ a: 1 }, { a: 2 }, false, 'objects with a different field'],
  [{ a: 1 }, { a: 1, b: undefined }, false, 'objects with different keys'],
  [{ a: shared }, { a: shared }, true, 'objects that share an object'],
  [{ a: {} }, { a: {} }, false, 'objects that hold equal objects'],
  [new Map([['a', 1]]), new Map([['a', 1]]), true, 'Maps with equal entries'],
  [new Map([['a', 1]]), new Map([['a', 2]]), false, 'Maps with a different value'],
  [new Map([['a', 1]]), new Map(), false, 'Maps of different sizes'],
  [new Map(), {}, false, 'a Map and an object'],
  [[1], [1], false, 'two arrays with equal items'],
  [new EventTarget(), new EventTarget(), false, 'two instances of a class'],
];

for (const [a, b, equal, title] of cases) {
  test(`isEqual says ${equal} for ${title}`, () => {
    assert.equal(isEqual(a, b), equal);
    assert.equal(isEqual(b, a), equal);
  });
}
