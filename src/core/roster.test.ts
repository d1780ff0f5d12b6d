import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { FakeClock } from '../../test/helpers/fake-clock.js';
import { Roster, SEARCH_DELAY } from './roster.js';
import type { RosterView } from './roster-view.js';
import type { Signaling } from './signaling/signaling.js';

function setUp() {
  const sent: unknown[] = [];
  const signaling = {
    send: (message: unknown) => sent.push(message),
    state: { name: 'Me' },
  } as unknown as Signaling;
  const clock = new FakeClock();
  const roster = new Roster(signaling, clock);
  const names = () => [...roster.state.online.values()];
  return { roster, sent, names, clock };
}

const on = { type: 'watch', on: true, limit: 100 };
const off = { type: 'watch', on: false };

describe('the roster', () => {
  it('is asked for by the first view, and called off after the last', () => {
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

  it('follows people who come and go, whatever the case of their names', () => {
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

describe('a view of the roster', () => {
  const page = (search: string, names: string[], total: number) =>
    ({ type: 'roster', names, more: false, total, search }) as const;
  const namesOf = (view: RosterView) => [...view.state.online.values()];

  function withPage(names: string[], total: number) {
    const world = setUp();
    const view = world.roster.view();
    world.roster.receive(page('', names, total));
    world.sent.length = 0;
    return { ...world, view };
  }

  it('leaves out its own name, and does not count it', () => {
    const { view, roster } = withPage(['Alice', 'me'], 9);
    assert.deepEqual([namesOf(view), view.state.total], [['Alice'], 8]);
    assert.deepEqual(roster.state, { online: view.state.online, total: 8 });
    roster.receive(page('', ['Alice', 'me'], 2));
    assert.equal(view.state.total, 1);
  });

  it('asks the server for a search once typing has paused', async () => {
    const { view, roster, sent, clock } = withPage(['Alice', 'Bob'], 500);
    view.search('C');
    await clock.advance(SEARCH_DELAY - 1);
    view.search(' Ca');
    await clock.advance(SEARCH_DELAY - 1);
    assert.deepEqual(sent, []);
    await clock.advance(1);
    assert.deepEqual(sent, [
      { type: 'watch', on: false, search: '' },
      { type: 'watch', on: true, search: 'ca', limit: 100 },
    ]);
    // As before, until the server has answered.
    assert.deepEqual([view.state.search, namesOf(view)], ['', ['Alice', 'Bob']]);
    roster.receive(page('ca', ['Carol'], 1));
    assert.deepEqual([view.state.search, namesOf(view)], ['ca', ['Carol']]);
    sent.length = 0;
    view.search('');
    assert.deepEqual(sent, [
      { type: 'watch', on: false, search: 'ca' },
      { type: 'watch', on: true, limit: 100 },
    ]);
  });

  it('finds names itself while everybody is known', () => {
    const { view, sent, clock } = withPage(['Alice', 'Bob', 'bo', 'me'], 4);
    view.search('b');
    assert.deepEqual([namesOf(view), view.state.total], [['bo', 'Bob'], 2]);
    assert.deepEqual([sent, clock.waiting], [[], 0]);
  });

  it('asks the server when there are more than it knows by now', () => {
    const { view, roster, sent } = withPage(['Alice', 'Bob'], 2);
    view.search('b');
    roster.receive({ type: 'presence', online: [], offline: [], total: 3, search: '' });
    assert.deepEqual(sent.at(-1), { type: 'watch', on: true, search: 'b', limit: 100 });
    roster.receive(page('b', ['Bea', 'Bob'], 2));
    assert.deepEqual(namesOf(view), ['Bea', 'Bob']);
  });

  it('shares the server’s answer with all views of the same search', () => {
    const { view, roster, sent } = withPage(['Alice', 'Bob'], 9);
    const small = roster.view(1);
    assert.deepEqual([sent, namesOf(small), small.state.total], [[], ['Alice'], 8]);
    const large = roster.view(150);
    assert.deepEqual(sent.splice(0), [{ type: 'watch', on: true, limit: 150 }]);
    large.close();
    assert.deepEqual(sent.splice(0), [{ type: 'watch', on: true, limit: 100 }]);
    view.limit = 2;
    large.limit = NaN;
    small.close();
    assert.deepEqual(sent.splice(0), [{ type: 'watch', on: true, limit: 2 }]);
    view.close();
    assert.deepEqual(sent, [{ type: 'watch', on: false }]);
  });

  it('ignores an answer that was on its way when its search was called off', async () => {
    const { view, roster, clock } = withPage(['Alice'], 500);
    view.search('b');
    await clock.advance(SEARCH_DELAY);
    view.search('c');
    await clock.advance(SEARCH_DELAY);
    roster.receive(page('b', ['Bob'], 1));
    roster.receive({ type: 'presence', online: ['x'], offline: [], total: 2, search: 'c' });
    assert.deepEqual(namesOf(view), ['Alice']);
    roster.receive(page('c', ['Carol'], 1));
    assert.deepEqual(namesOf(view), ['Carol']);
  });

  it('asks for its search again after a reconnection', async () => {
    const { view, roster, sent, clock } = withPage(['Alice'], 500);
    view.search('b');
    await clock.advance(SEARCH_DELAY);
    sent.length = 0;
    roster.signedIn(true);
    assert.deepEqual(sent, [{ type: 'watch', on: true, search: 'b', limit: 100 }]);
  });

  it('searches by itself where a server of version 0.1 tells of everybody', () => {
    const { roster, sent } = setUp();
    const [all, some] = [roster.view(2), roster.view()];
    roster.receive({ type: 'roster', names: ['Carol', 'Bob', 'Bea'], more: false });
    some.search('b');
    assert.deepEqual([namesOf(all), all.state.total], [['Bea', 'Bob'], 3]);
    assert.deepEqual(namesOf(some), ['Bea', 'Bob']);
    roster.receive({ type: 'presence', online: ['Bo'], offline: ['bob'] });
    assert.deepEqual(namesOf(some), ['Bea', 'Bo']);
    sent.length = 0;
    some.close();
    all.close();
    assert.deepEqual(sent.at(-1), off);
  });

  it('waits with a search beyond those that a server takes, until another ends', async () => {
    const { roster, sent, clock } = withPage(['Alice'], 500);
    const views = ['a', 'b', 'c', 'd'].map((search) => {
      const view = roster.view();
      view.search(search);
      return view;
    });
    await clock.advance(SEARCH_DELAY);
    const asked = () => sent.map((message) => (message as { search?: string }).search);
    assert.deepEqual(asked(), ['a', 'b', 'c']);
    views[0]!.close();
    assert.deepEqual(asked().slice(3), ['a', 'd']);
  });

  it('fires change from the view alone when a search changes only what the view shows', () => {
    const { view, roster } = withPage(['Alice', 'Bob'], 2);
    const { state } = roster;
    const heard: string[] = [];
    roster.subscribe(() => heard.push('roster'));
    view.subscribe(() => heard.push('view'));
    view.search('b');
    assert.deepEqual(heard, ['view']);
    assert.equal(roster.state, state);
  });
});
