import assert from 'node:assert/strict';
import { test } from 'node:test';
import { RtcError } from './errors.js';

test('an RtcError names itself and its code', () => {
  const error = new RtcError('name-taken');
  assert.equal(error.name, 'RtcError');
  assert.equal(String(error), 'RtcError: name-taken');
  assert.equal(error.code, 'name-taken');
  assert.ok(error instanceof Error);
});
