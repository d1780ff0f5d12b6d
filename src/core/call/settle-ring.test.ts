import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { CallKind } from '../../protocol/messages.js';
import type { CallPhase } from './phase.js';
import { settleRing, type CallAtHand } from './settle-ring.js';

const kinds = ['video', 'voice', 'chat'] as const;
const phases = ['ringing', 'connecting', 'active', 'reconnecting'] as const;
const directions = ['outgoing', 'incoming'] as const;

/** Written `direction kind phase with name (id)`. */
function call(words: string): CallAtHand {
  const [, direction, kind, phase, name, id = 'm'] =
    /^(\w+) (\w+) (\w+) with (\w+)(?: \((\w+)\))?$/.exec(words)!;
  return {
    id,
    name: name!,
    kind: kind as CallKind,
    direction: direction as CallAtHand['direction'],
    state: { phase: phase as CallPhase },
  };
}

/** The calls that there are, the kind of Bob's ring, its id, and what becomes of it. */
const table: [calls: string[], kind: CallKind, id: string, outcome: string][] = [
  [[], 'video', 'a', 'ring'],
  [[], 'chat', 'a', 'ring'],
  // Busy with anybody, but a chat is in nobody's way.
  [['incoming video active with Carol'], 'voice', 'a', 'busy'],
  [['outgoing video ringing with Carol'], 'voice', 'a', 'busy'],
  [['incoming video ringing with Carol'], 'voice', 'a', 'busy'],
  [['incoming video reconnecting with Carol'], 'voice', 'a', 'busy'],
  [['incoming video active with Carol'], 'chat', 'a', 'ring'],
  [['outgoing chat active with Bob'], 'video', 'a', 'ring'],
  [['outgoing chat active with Carol'], 'chat', 'a', 'ring'],
  [['outgoing chat active with Bob'], 'chat', 'a', 'busy'],
  [['incoming video ringing with Bob'], 'video', 'a', 'busy'],
  [['incoming video connecting with Bob'], 'video', 'a', 'busy'],
  [['incoming video active with bob'], 'video', 'a', 'busy'],
  // The caller has lost the call that there was.
  [['incoming video reconnecting with BOB'], 'voice', 'a', 'ring instead of m'],
  [['outgoing video reconnecting with Bob'], 'voice', 'z', 'ring instead of m'],
  [['outgoing chat reconnecting with Bob'], 'chat', 'a', 'ring instead of m'],
  [['outgoing chat reconnecting with Bob'], 'voice', 'a', 'ring'],
  // Both called at once: the smaller id is the call.
  [['outgoing video ringing with Bob'], 'video', 'z', 'wait'],
  [['outgoing video ringing with Bob'], 'voice', 'z', 'wait'],
  [['outgoing video ringing with bob'], 'video', 'a', 'replace m, accept'],
  [['outgoing voice ringing with Bob'], 'voice', 'a', 'replace m, accept'],
  [['outgoing chat ringing with Bob'], 'chat', 'a', 'replace m, accept'],
  // A person who asked for less has not agreed to more.
  [['outgoing video ringing with Bob'], 'voice', 'a', 'replace m, accept'],
  [['outgoing voice ringing with Bob'], 'video', 'a', 'replace m, ask'],
  // A call and a chat at once are two.
  [['outgoing chat ringing with Bob'], 'video', 'a', 'ring'],
  [['outgoing video ringing with Bob'], 'chat', 'a', 'ring'],
  [['outgoing chat ringing with Bob (n)', 'outgoing video ringing with Bob'], 'chat', 'z', 'wait'],
  // The same ring once more.
  [['incoming video ringing with Bob (a)'], 'video', 'a', 'ignore'],
  [['outgoing video active with Carol (a)'], 'chat', 'a', 'ignore'],
];

function words(outcome: ReturnType<typeof settleRing>): string {
  if (outcome.do === 'replace') {
    return `replace ${outcome.call.id}, ${outcome.accept ? 'accept' : 'ask'}`;
  }
  return outcome.do === 'ring' && outcome.lost ? `ring instead of ${outcome.lost.id}` : outcome.do;
}

for (const [calls, kind, id, expected] of table) {
  test(`a ${kind} ring (${id}) with ${calls.join(', ') || 'no call'}: ${expected}`, () => {
    const circumstances = { calls: calls.map(call), takes: true };
    assert.equal(words(settleRing({ id, name: 'Bob', kind }, circumstances)), expected);
  });
}

test('declines a kind that the page does not take, also when it is busy', () => {
  const ring = { id: 'a', name: 'Bob', kind: 'video' } as const;
  for (const calls of [[], [call('incoming video active with Carol')]]) {
    assert.deepEqual(settleRing(ring, { calls, takes: false }), { do: 'decline' });
  }
});

test('takes up a ring that waits for its caller, and for nobody else', () => {
  const ring = { id: 'a', name: 'Bob', kind: 'video' } as const;
  const outcome = (waiting: string) => words(settleRing(ring, { calls: [], takes: true, waiting }));
  assert.equal(outcome('bob'), 'ring');
  assert.equal(outcome('Carol'), 'ignore');
});

test('settles on the same call at both sides when two people call each other at once', () => {
  const ids = fc.uniqueArray(fc.string({ minLength: 1 }), { minLength: 2, maxLength: 2 });
  const kind = fc.constantFrom('video', 'voice');
  fc.assert(
    fc.property(ids, kind, kind, ([mine, theirs], myKind, theirKind) => {
      const side = (own: string, ownKind: string, other: string, otherKind: string) =>
        settleRing(
          { id: other, name: 'Bob', kind: otherKind as CallKind },
          {
            calls: [{ ...call(`outgoing ${ownKind} ringing with Bob`), id: own }],
            takes: true,
          },
        ).do;
      const both = [
        side(mine!, myKind, theirs!, theirKind),
        side(theirs!, theirKind, mine!, myKind),
      ];
      assert.deepEqual(both.sort(), ['replace', 'wait']);
    }),
  );
});

test('lets no second call with sound or picture in, whatever there is', () => {
  for (const kind of kinds) {
    for (const phase of phases) {
      for (const direction of directions) {
        const calls = [call(`${direction} ${kind} ${phase} with Carol`)];
        const outcome = settleRing({ id: 'a', name: 'Bob', kind: 'voice' }, { calls, takes: true });
        assert.equal(outcome.do, kind === 'chat' ? 'ring' : 'busy');
      }
    }
  }
});
