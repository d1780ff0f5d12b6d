import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Roster } from './roster.js';
import type { Signaling } from './signaling/signaling.js';

function setUp() {
  const sent: unknown[] = [];
  const signaling = { send: (message: unknown) => sent.push(message) } as unknown as Signaling;
  const roster = new Roster(signaling);
  const names = () => [...roster.state.online.values()];
  return { roster, sent, names };
}

const on = { type: 'watch', on: true };
const off = { type: 'watch', on: false };

describe('who is online', () => {
  it('is asked for by the first who watches, and no more after the last', () => {
    const { roster, sent } = setUp();
    const stops = [roster.watch(), roster.watch()];
    assert.deepEqual(sent, [on]);
    stops[0]!();
    assert.deepEqual(sent, [on]);
    stops[1]!();
    assert.deepEqual(sent, [on, off]);
    roster.watch();
    assert.deepEqual(sent, [on, off, on]);
  });

  it('is asked for at a sign-in only where somebody watches', () => {
    const { roster, sent } = setUp();
    roster.signedIn(true);
    assert.deepEqual(sent, []);
    roster.watch();
    roster.signedIn(true);
    assert.deepEqual(sent, [on, on]);
  });

  it('comes in pages, and is shown when it is whole', () => {
    const { roster, names } = setUp();
    roster.receive({ type: 'roster', names: ['Alice', 'Bob'], more: true });
    assert.deepEqual(names(), []);
    roster.receive({ type: 'roster', names: ['Carol'], more: false });
    assert.deepEqual(names(), ['Alice', 'Bob', 'Carol']);
    roster.receive({ type: 'roster', names: ['Dave'], more: false });
    assert.deepEqual(names(), ['Dave']);
  });

  it('follows who comes and goes, whatever the case of their names', () => {
    const { roster, names } = setUp();
    roster.receive({ type: 'roster', names: ['Alice', 'Bob'], more: false });
    roster.receive({ type: 'presence', online: ['Carol'], offline: ['alice'] });
    assert.deepEqual(names(), ['Bob', 'Carol']);
    roster.receive({ type: 'presence', online: ['BOB'], offline: ['Bob'] });
    assert.deepEqual(names().sort(), ['BOB', 'Carol']);
  });

  it('is forgotten at the sign-out', () => {
    const { roster, names } = setUp();
    roster.receive({ type: 'roster', names: ['Alice'], more: false });
    roster.signedIn(false);
    assert.deepEqual(names(), []);
  });

  it('makes a new state with each change', () => {
    const { roster } = setUp();
    roster.receive({ type: 'roster', names: ['Alice'], more: false });
    const { state } = roster;
    roster.receive({ type: 'presence', online: ['Bob'], offline: [] });
    assert.equal(state.online.size, 1);
    assert.notEqual(roster.state, state);
  });
});
