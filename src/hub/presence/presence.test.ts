import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import fc from 'fast-check';
import { FakeClock, settled } from '../../../test/helpers/fake-clock.js';
import { basicClient, HubClient, kitClient } from '../../../test/helpers/hub-client.js';
import { ShownPages } from '../../../test/helpers/roster-client.js';
import { MAX_WATCHES } from '../../protocol/limits.js';
import { nameKey } from '../../protocol/name-key.js';
import { Hub } from '../hub.js';
import { SNAPSHOT_BURST, SNAPSHOT_RATE } from './watches.js';

let clock: FakeClock;
let hub: Hub;

beforeEach(() => {
  clock = new FakeClock();
  hub = new Hub({ clock });
});

/** Lets people be online who have no connection here. */
function crowd(count: number, prefix = 'person'): void {
  for (let index = 0; index < count; index++) arrive(`${prefix} ${String(index).padStart(5, '0')}`);
}

/** @returns what lets the person go again */
function arrive(name: string): () => void {
  const claim = hub.directory.claim(
    name,
    false,
    undefined,
    0,
    () => true,
    () => {},
  );
  if (!claim || !('session' in (claim as object))) throw new Error(`${name} is taken`);
  const { session } = claim as { session: Parameters<typeof hub.directory.release>[0] };
  return () => void hub.directory.release(session);
}

/** Counts bytes of what a client receives. */
function countBytes(client: HubClient): () => number {
  let bytes = 0;
  client.onmessage = (message) => {
    bytes += Buffer.byteLength(JSON.stringify(message));
    client.inbox.length = 0;
  };
  return () => bytes;
}

describe('a watch of a page', () => {
  let alice: HubClient;

  beforeEach(async () => {
    alice = await kitClient(hub, 'alice');
  });

  const watch = async (search?: string, limit?: number, client = alice) => {
    await client.send({ type: 'watch', on: true, search, limit });
    return client.take();
  };

  it('shows the first names, and says how many there are', async () => {
    for (const name of ['Dora', 'carol', 'Bob']) arrive(name);
    const expected = { names: ['alice', 'Bob'], more: false, total: 4, search: '' };
    assert.deepEqual(await watch('', 2), [{ type: 'roster', ...expected }]);
  });

  it('shows the names that begin with the search, however they are written', async () => {
    for (const name of ['Zoë', 'ZO', 'zorro', 'Azo']) arrive(name);
    const expected = { names: ['ZO', 'zorro', 'Zoë'], more: false, total: 3, search: 'zo' };
    assert.deepEqual(await watch(' Zo', 10), [{ type: 'roster', ...expected }]);
  });

  it('tells the names that enter the page and those pushed out of it', async () => {
    for (const name of ['bob', 'carol', 'dave']) arrive(name);
    await watch('', 3);
    const leave = arrive('aaron');
    await clock.advance(100);
    const found = { total: 5, search: '' };
    const changes = { online: ['aaron'], offline: ['carol'], ...found };
    assert.deepEqual(alice.takeOne(), { type: 'presence', ...changes });
    leave();
    await clock.advance(100);
    const back = { online: ['carol'], offline: ['aaron'], ...found, total: 4 };
    assert.deepEqual(alice.takeOne(), { type: 'presence', ...back });
  });

  it('tells nothing about names that the search does not find', async () => {
    await watch('b', 10);
    arrive('carol');
    await clock.advance(10_000);
    assert.deepEqual(alice.take(), []);
  });

  it('tells a change of the total alone later, and once', async () => {
    crowd(10, 'b');
    await watch('', 5);
    for (const name of ['x', 'y']) {
      arrive(name);
      await clock.advance(200);
    }
    assert.deepEqual(alice.take(), []);
    await clock.advance(300);
    const total = { online: [], offline: [], total: 13, search: '' };
    assert.deepEqual(alice.takeOne(), { type: 'presence', ...total });
    await clock.advance(10_000);
    assert.deepEqual(alice.take(), []);
  });

  it('is free when it is sent again', async () => {
    arrive('bob');
    await watch('b', 10);
    assert.deepEqual(await watch('B', 10), []);
  });

  it('replaces the watch with the same search', async () => {
    for (const name of ['bob', 'bill', 'bernd']) arrive(name);
    await watch('b', 1);
    assert.deepEqual(
      (await watch('b', 2)).map(({ names }) => names),
      [['bernd', 'bill']],
    );
    arrive('ben');
    await clock.advance(100);
    assert.deepEqual(alice.takeOne().online, ['ben']);
  });

  it('ends alone or with all others', async () => {
    await watch('', 10);
    await watch('b', 10);
    await alice.send({ type: 'watch', on: false, search: 'b' });
    const leave = arrive('bob');
    await clock.advance(100);
    assert.equal(alice.takeOne().search, '');
    await watch('b', 10);
    await alice.send({ type: 'watch', on: false });
    leave();
    await clock.advance(10_000);
    assert.deepEqual(alice.take(), []);
    assert.equal(clock.waiting, 0);
  });

  it('takes the place of the oldest when there are too many', async () => {
    const searches = ['a', 'b', 'c', 'd', 'e'];
    assert.equal(searches.length, MAX_WATCHES + 1);
    for (const search of searches) await watch(search, 10);
    for (const search of searches) arrive(`${search}x`);
    await clock.advance(100);
    assert.deepEqual(
      alice.take().map(({ search }) => search),
      searches.slice(1),
    );
  });

  it('is refused with a search or a limit that cannot be', async () => {
    for (const wrong of [{ search: 'x'.repeat(65) }, { search: 1 }, { limit: 0 }, { limit: 201 }]) {
      await alice.send({ type: 'watch', on: true, ...wrong });
      assert.equal(alice.takeOne().code, 'bad-message');
    }
  });

  /** Lets the list be read only when the returned function is called. */
  function slowly(): () => void {
    const online = hub.directory.online.bind(hub.directory);
    let go = () => {};
    const gate = new Promise<void>((resolve) => (go = resolve));
    hub.directory.online = async () => {
      const names = [...(await online())];
      await gate;
      return names;
    };
    return go;
  }

  it('begins no more when the session has moved while the list was being read', async () => {
    const go = slowly();
    const watching = alice.send({ type: 'watch', on: true, limit: 10 });
    await settled();
    const again = new HubClient(hub);
    const { resume } = alice as unknown as { resume: string };
    await again.send({ type: 'login', name: 'alice', hello: { version: 1 }, resume });
    go();
    await watching;
    arrive('bob');
    await clock.advance(1000);
    assert.deepEqual(alice.take(), []);
  });

  it('misses nobody that comes or goes while the list is being read', async () => {
    const leave = arrive('bob');
    const go = slowly();
    const watching = watch('', 10);
    await settled();
    leave();
    arrive('carol');
    go();
    const [{ names } = { names: undefined }] = await watching;
    assert.deepEqual(names, ['alice', 'carol']);
  });
});

describe('asking again and again', () => {
  const frames: [title: string, frame: (index: number) => object][] = [
    ['on and off', (index) => ({ type: 'watch', on: index % 2 === 0 })],
    ['on and on', () => ({ type: 'watch', on: true })],
    ['with other limits', (index) => ({ type: 'watch', on: true, limit: 100 + (index % 100) })],
    [
      'with other searches',
      (index) => ({
        type: 'watch',
        on: true,
        limit: 200,
        search: ['', 'p', 'pe', 'per', 'pers'][index % 5],
      }),
    ],
  ];
  for (const [title, frame] of frames) {
    it(`brings out a bounded number of bytes: ${title}`, async () => {
      crowd(5000);
      const alice = await kitClient(hub, 'alice');
      const received = countBytes(alice);
      for (let sent = 0, index = 0; sent < 92_000; index++) {
        const text = JSON.stringify(frame(index));
        sent += text.length;
        await alice.send(text);
      }
      // A first snapshot that just fits, and all 5,000 names, are less than the burst each.
      const most = 2 * SNAPSHOT_BURST;
      assert.ok(received() <= most, `${received()} bytes at once`);
      await clock.advance(10_000);
      const later = most + 10 * SNAPSHOT_RATE;
      assert.ok(received() <= later, `${received()} bytes after 10 s`);
    });
  }

  it('is answered with the newest wish when its turn comes', async () => {
    crowd(5000);
    const alice = await kitClient(hub, 'alice');
    for (let index = 0; index < 10; index++) {
      await alice.send({ type: 'watch', on: true });
      await alice.send({ type: 'watch', on: false });
    }
    alice.take();
    await alice.send({ type: 'watch', on: true, search: 'person 01', limit: 10 });
    await alice.send({ type: 'watch', on: true, search: 'person 01', limit: 20 });
    assert.deepEqual(alice.take(), []);
    arrive('person 01000 a');
    await clock.advance(60_000);
    const { names, total } = alice.takeOne() as { names: string[]; total: number };
    assert.deepEqual([names.length, names[1], total], [20, 'person 01000 a', 1001]);
  });
});

describe('many watchers', () => {
  const { stringify } = JSON;
  let serialised = 0;

  before(() => {
    JSON.stringify = ((value: { type?: string }, ...rest: []) => {
      if (value?.type === 'roster' || value?.type === 'presence') serialised++;
      return stringify(value, ...rest);
    }) as typeof stringify;
  });
  after(() => {
    JSON.stringify = stringify;
  });

  /** So many people come within two seconds, and all of them watch. */
  async function rush(count: number, frame: object) {
    serialised = 0;
    for (let index = 0; index < count; index++) {
      // In an order of its own, as people are.
      const person = await kitClient(hub, `person ${(index * 7919) % 10_007}`);
      person.onmessage = () => {
        person.inbox.length = 0;
      };
      await person.send(stringify(frame));
      if (index % (count / 20) === 0) await clock.advance(100);
    }
    await clock.advance(10_000);
    return { bytes: sent, serialised };
  }

  let sent = 0;
  beforeEach(() => {
    sent = 0;
    const connect = hub.connect.bind(hub);
    hub.connect = (connection) =>
      connect({
        ...connection,
        send: (text) => {
          if (/^\{"type":"(roster|presence)"/.test(text)) sent += text.length;
          connection.send(text);
        },
      });
  });

  it('cost bytes for each of them, however many there are', async () => {
    const { bytes, serialised: times } = await rush(4000, { type: 'watch', on: true, limit: 100 });
    assert.ok(bytes <= 4000 * 7500, `${bytes} bytes`);
    assert.ok(times <= 60, `serialised ${times} times`);
  });

  it('share frames serialised once, except for their own names, in version 0.1', async () => {
    const { serialised: times } = await rush(500, { type: 'watch', on: true });
    // For each, once or twice: their own name is left out where it would be told.
    assert.ok(times <= 2 * 500 + 60, `serialised ${times} times`);
  });

  it('are told in parts, each in a turn of its own, and later the more they are', async () => {
    const all: HubClient[] = [];
    for (let index = 0; index < 400; index++) {
      const person = await kitClient(hub, `person ${index}`);
      await person.send({ type: 'watch', on: true, limit: 10 });
      all.push(person);
    }
    await clock.advance(10_000);
    for (const person of all) person.take();
    const told = () => all.filter(({ inbox }) => inbox.length).length;
    arrive('aaron');
    await clock.advance(199);
    assert.equal(told(), 0);
    await clock.advance(1);
    assert.ok(told() > 0 && told() <= 100, `${told()} in one turn`);
    await clock.advance(50);
    assert.equal(told(), 400);
    for (const person of all) assert.deepEqual(person.takeOne().online, ['aaron']);
  });
});

describe('the list that a client shows', () => {
  const name = fc.constantFrom(
    'al',
    'Alba',
    'ALAN',
    'bo',
    'bob',
    'Bobby',
    'b',
    'Zoë',
    'zo',
    '__proto__',
  );
  const search = fc.constantFrom('', 'a', 'AL', 'alb', 'b', 'bob', 'z', 'x', '_');
  const step = fc.oneof(
    { weight: 3, arbitrary: fc.record({ come: name }) },
    { weight: 2, arbitrary: fc.record({ go: fc.nat() }) },
    {
      weight: 4,
      arbitrary: fc.record({
        watch: fc.nat({ max: 2 }),
        on: fc.boolean(),
        search: fc.option(search, { nil: undefined }),
        limit: fc.integer({ min: 1, max: 4 }),
      }),
    },
    { weight: 2, arbitrary: fc.record({ pass: fc.constantFrom(1, 50, 100, 600) }) },
    { weight: 1, arbitrary: fc.record({ old: fc.boolean() }) },
  );

  it('is the first page of its searches, whatever has happened before', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 60, size: 'max' }), async (steps) => {
        clock = new FakeClock();
        hub = new Hub({ clock });
        const present = new Map<string, { name: string; leave: () => void }>();
        const viewers = [];
        for (const own of ['Ann', 'bea', 'Zed']) {
          const client = await kitClient(hub, own);
          const shown = new ShownPages();
          client.onmessage = (message) => shown.receive(message);
          viewers.push({ client, shown, wishes: new Map<string, number>() });
        }
        // As with clients of version 0.1: a kit client and a basic client.
        const old = [];
        for (const client of [await kitClient(hub, 'old'), await basicClient(hub, 'Course')]) {
          const shown = new ShownPages();
          client.onmessage = (message) => shown.receive(message);
          old.push({ client, shown, on: false });
        }
        const everybody = () => [
          ...['Ann', 'bea', 'Zed', 'old', 'Course'],
          ...[...present.values()].map((person) => person.name),
        ];

        for (const each of steps) {
          if ('come' in each && !present.has(nameKey(each.come))) {
            present.set(nameKey(each.come), { name: each.come, leave: arrive(each.come) });
          } else if ('go' in each && present.size) {
            const [key, { leave }] = [...present][each.go % present.size]!;
            present.delete(key);
            leave();
          } else if ('watch' in each) {
            const { client, wishes } = viewers[each.watch]!;
            const { on, search: text, limit } = each;
            await client.send({ type: 'watch', on, search: text, limit });
            const key = nameKey(text ?? '');
            if (!on) {
              if (text === undefined) wishes.clear();
              else wishes.delete(key);
            } else if (wishes.get(key) !== limit) {
              wishes.delete(key);
              wishes.set(key, limit);
              if (wishes.size > MAX_WATCHES) wishes.delete(wishes.keys().next().value!);
            }
          } else if ('old' in each) {
            for (const viewer of old) {
              viewer.on = each.old;
              await viewer.client.send({ type: 'watch', on: each.old });
            }
          } else if ('pass' in each) await clock.advance(each.pass);
        }
        await clock.advance(10_000);

        const sorted = everybody().sort((a, b) => (nameKey(a) < nameKey(b) ? -1 : 1));
        for (const { shown, wishes } of viewers) {
          for (const [key, limit] of wishes) {
            const found = sorted.filter((each) => nameKey(each).startsWith(key));
            assert.deepEqual(shown.names(key), found.slice(0, limit), `search "${key}"`);
            assert.equal(shown.totals.get(key), found.length);
          }
        }
        for (const [index, { shown, on }] of old.entries()) {
          const others = sorted.filter((each) => each !== ['old', 'Course'][index]);
          if (on) assert.deepEqual(shown.names(), others);
        }
      }),
      { numRuns: 150 },
    );
  });
});
