import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { grantOf, holderOf } from './session-rules.js';

const first = { shown: 'Bob', resume: 'r1', before: undefined, at: 5 };
const second = { shown: 'Bob', resume: 'r2', before: 'r0', at: 7 };
const nameOf = ({ shown }: { shown: string }) => shown;
const wish = { name: 'bob', resume: undefined, at: 9, most: 3 };

describe('the rules of sessions', () => {
  it('find the session of a token, also by the token before', () => {
    assert.equal(holderOf('r1', [first, second]), first);
    assert.equal(holderOf('r0', [first, second]), second);
    assert.equal(holderOf('r9', [first, second]), undefined);
    assert.equal(holderOf('', [{ resume: '' }]), undefined);
    assert.equal(holderOf(undefined, [first]), undefined);
  });

  it('grant a name as it is asked for when it is free, and as it is shown when it is not', () => {
    assert.equal(grantOf([], wish, nameOf)?.name, 'bob');
    const grant = grantOf([first, second], wish, nameOf);
    assert.deepEqual([grant?.name, grant?.resumes], ['Bob', undefined]);
    assert.equal(grantOf([first, second], { ...wish, most: 2 }, nameOf), undefined);
  });

  it('resume a session by its token, with a new token, when the name is full too', () => {
    const grant = grantOf([first, second], { ...wish, resume: 'r1', most: 2 }, nameOf);
    assert.equal(grant?.resumes, first);
    assert.deepEqual([grant.tokens.before, grant.tokens.at], ['r1', 9]);
    assert.notEqual(grant.tokens.resume, 'r1');
  });

  it('refuse a login that a later login of the same session has overtaken', () => {
    assert.equal(grantOf([second], { ...wish, resume: 'r0', at: 6 }, nameOf), undefined);
    assert.equal(grantOf([second], { ...wish, resume: 'r0', at: 7 }, nameOf)?.resumes, second);
  });
});
