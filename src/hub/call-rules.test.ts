import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  acceptedBy,
  areEnds,
  callOf,
  endsOf,
  isEnd,
  otherKey,
  withoutCallee,
} from './call-rules.js';
import type { CallRecord, HalfCall, SessionRef } from './directory.js';

const session = (id: string, key: string): SessionRef => ({ id, key, name: key, kit: true });
const alice = session('a', 'alice');
const bob = session('b1', 'bob');
const bobElsewhere = session('b2', 'bob');
const carol = session('c', 'carol');
const call: CallRecord = {
  id: '1',
  kind: 'voice',
  caller: alice,
  callees: [bob, bobElsewhere],
  accepted: false,
};
const half = (session: SessionRef, other: string, rest: Partial<HalfCall> = {}): HalfCall => ({
  id: '1',
  kind: 'voice',
  session,
  name: other,
  other,
  caller: false,
  accepted: false,
  ...rest,
});

describe('the rules of calls', () => {
  it('know the ends of a call and the person at the other end', () => {
    assert.deepEqual(endsOf(call), [alice, bob, bobElsewhere]);
    assert.deepEqual([isEnd(call, bob), isEnd(call, carol)], [true, false]);
    assert.deepEqual([otherKey(call, alice), otherKey(call, bobElsewhere)], ['bob', 'alice']);
  });

  it('take a callee out when the call rings in another session, and leave the call as it was', () => {
    assert.deepEqual(withoutCallee(call, bob)?.callees, [bobElsewhere]);
    assert.equal(withoutCallee({ ...call, callees: [bob] }, bob), undefined);
    assert.equal(withoutCallee(call, alice), undefined);
    assert.equal(withoutCallee(call, carol), undefined);
    assert.equal(call.callees.length, 2);
  });

  it('let one callee accept, once', () => {
    const taken = acceptedBy(call, bob);
    assert.deepEqual(taken?.call, { ...call, callees: [bob], accepted: true });
    assert.deepEqual(taken.others, [bobElsewhere]);
    assert.equal(acceptedBy(taken.call, bob), undefined);
    assert.equal(acceptedBy(call, alice), undefined);
    assert.equal(acceptedBy(undefined, bob), undefined);
  });

  it('match announcements when each end names the other', () => {
    const mine = half(alice, 'bob', { caller: true });
    assert.equal(areEnds(mine, half(bob, 'alice')), true);
    assert.equal(areEnds(mine, half(bob, 'carol')), false);
    assert.equal(areEnds(mine, half(carol, 'alice')), false);
    assert.equal(areEnds(half(alice, 'alice'), half(alice, 'alice')), false);
  });

  it('make the same call of two announcements in either order; one word for accepted is enough', () => {
    const mine = half(alice, 'bob', { caller: true });
    const theirs = half(bob, 'alice', { accepted: true });
    const made = { id: '1', kind: 'voice', caller: alice, callees: [bob], accepted: true };
    assert.deepEqual(callOf(mine, theirs), made);
    assert.deepEqual(callOf(theirs, mine), made);
  });
});
