import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import {
  agreedPhase,
  followTransport,
  transitions,
  type CallPhase,
  type CallStanding,
} from './phase.js';

test('docs/call-states.md draws the transitions', () => {
  const doc = readFileSync(new URL('../../../docs/call-states.md', import.meta.url), 'utf8');
  const drawn = [...doc.matchAll(/^ {2}(\w+) --> (\w+)/gm)].map(([, from, to]) => `${from} ${to}`);
  const allowed = Object.entries(transitions).flatMap(([from, all]) =>
    all.map((to) => `${from} ${to}`),
  );
  assert.deepEqual(drawn.sort(), allowed.sort());
});

const active = { phase: 'active' };
const reconnecting = { phase: 'reconnecting' };
const gone = { phase: 'ended', reason: 'gone', tells: false };
const failed = { phase: 'ended', reason: 'failed', tells: true };

type Flag = 'begun' | 'away' | 'gone';

/** Phase, state of the transport, what else is so, and where that leads. */
const table: [CallPhase, RTCPeerConnectionState, Flag[], unknown][] = [
  ['ringing', 'connected', [], undefined],
  ['ringing', 'failed', ['gone'], undefined],
  ['ended', 'connected', ['begun'], undefined],
  ['connecting', 'new', [], undefined],
  ['connecting', 'connecting', [], undefined],
  ['connecting', 'disconnected', [], undefined],
  ['connecting', 'connected', [], active],
  ['connecting', 'failed', [], failed],
  ['connecting', 'connected', ['away'], undefined],
  ['active', 'connected', ['begun'], active],
  ['active', 'connected', ['begun', 'away'], reconnecting],
  ['active', 'connected', ['begun', 'gone'], active],
  ['active', 'disconnected', ['begun'], reconnecting],
  ['active', 'failed', ['begun'], reconnecting],
  ['active', 'new', ['begun'], reconnecting],
  ['active', 'disconnected', ['begun', 'gone'], gone],
  ['reconnecting', 'disconnected', ['begun'], undefined],
  ['reconnecting', 'failed', ['begun'], undefined],
  ['reconnecting', 'connected', ['begun', 'away'], undefined],
  ['reconnecting', 'connected', ['begun'], active],
  ['reconnecting', 'failed', ['begun', 'gone'], gone],
];

for (const [phase, connection, flags, expected] of table) {
  test(`${phase}, transport ${connection} ${flags.join(', ')}`, () => {
    const [begun, away, isGone] = (['begun', 'away', 'gone'] as const).map((flag) =>
      flags.includes(flag),
    ) as [boolean, boolean, boolean];
    assert.deepEqual(followTransport({ phase, connection, begun, away, gone: isGone }), expected);
  });
}

test('follows no transport to where the table of transitions does not lead', () => {
  const phases = Object.keys(transitions) as CallPhase[];
  const states = ['new', 'connecting', 'connected', 'disconnected', 'failed', 'closed'] as const;
  const flags = [false, true];
  const all = phases.flatMap((phase) =>
    states.flatMap((connection) =>
      flags.flatMap((begun) =>
        flags.flatMap((away) =>
          flags.map((gone): CallStanding => ({ phase, connection, begun, away, gone })),
        ),
      ),
    ),
  );
  for (const standing of all) {
    const next = followTransport(standing)?.phase ?? standing.phase;
    const may = next === standing.phase || transitions[standing.phase].includes(next);
    assert.ok(may, `${JSON.stringify(standing)} → ${next}`);
  }
});

test('a call on which both agree anew is reconnecting, and connecting the first time', () => {
  assert.equal(agreedPhase(false), 'connecting');
  assert.equal(agreedPhase(true), 'reconnecting');
});
