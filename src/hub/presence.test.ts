import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { FakeClock, settled } from '../../test/helpers/fake-clock.js';
import type { HubClient } from '../../test/helpers/hub-client.js';
import { basicClient, kitClient } from '../../test/helpers/hub-client.js';
import { ROSTER_PAGE_SIZE } from '../protocol/limits.js';
import { Hub } from './hub.js';

describe('watch', () => {
  let clock: FakeClock;
  let hub: Hub;
  let alice: HubClient;

  beforeEach(async () => {
    clock = new FakeClock();
    hub = new Hub({ clock });
    alice = await kitClient(hub, 'alice');
  });

  const watch = async (client = alice) => {
    await client.send({ type: 'watch', on: true });
    client.take();
  };

  it('tells the names online, except the client’s own', async () => {
    await basicClient(hub, 'bob');
    await kitClient(hub, '__proto__');
    await alice.send({ type: 'watch', on: true });
    const expected = { type: 'roster', names: ['__proto__', 'bob'], more: false };
    assert.deepEqual(alice.takeOne(), expected);
  });

  it('says so when there is nobody', async () => {
    await alice.send({ type: 'watch', on: true });
    assert.deepEqual(alice.takeOne(), { type: 'roster', names: [], more: false });
  });

  it('tells them a page at a time', async () => {
    const count = 2 * ROSTER_PAGE_SIZE + 1;
    for (let index = 0; index < count; index += 1) await basicClient(hub, `guest ${index}`);
    await alice.send({ type: 'watch', on: true });
    const pages = alice.take() as { names: string[]; more: boolean }[];
    assert.deepEqual(
      pages.map(({ names, more }) => [names.length, more]),
      [
        // Everybody gets the same pages, but for their own name.
        [ROSTER_PAGE_SIZE - 1, true],
        [ROSTER_PAGE_SIZE, true],
        [2, false],
      ],
    );
    assert.equal(new Set(pages.flatMap(({ names }) => names)).size, count);
  });

  it('ends on a full page when the last one is full', async () => {
    for (let index = 1; index < ROSTER_PAGE_SIZE; index += 1) await basicClient(hub, `g${index}`);
    await alice.send({ type: 'watch', on: true });
    assert.equal(alice.takeOne().more, false);
  });

  it('gathers changes and tells the last state of each name', async () => {
    const carol = await basicClient(hub, 'carol');
    await watch();
    const bob = await basicClient(hub, 'bob');
    await carol.close();
    await bob.close();
    await basicClient(hub, 'bob');
    assert.deepEqual(alice.take(), []);
    await clock.advance(100);
    const expected = { type: 'presence', online: ['bob'], offline: ['carol'] };
    assert.deepEqual(alice.takeOne(), expected);
    await clock.advance(1000);
    assert.deepEqual(alice.take(), []);
  });

  it('tells many changes a page at a time', async () => {
    await watch();
    for (let index = 0; index <= ROSTER_PAGE_SIZE; index += 1) await basicClient(hub, `g${index}`);
    await clock.advance(100);
    assert.deepEqual(
      alice.take().map(({ online }) => (online as string[]).length),
      [ROSTER_PAGE_SIZE, 1],
    );
  });

  it('tells nothing to a client that does not watch, or no longer', async () => {
    await basicClient(hub, 'bob');
    await watch();
    await basicClient(hub, 'carol');
    await alice.send({ type: 'watch', on: false });
    assert.equal(clock.waiting, 0);
    await basicClient(hub, 'dave');
    await clock.advance(1000);
    assert.deepEqual(alice.take(), []);
  });

  it('tells once a client that watches twice', async () => {
    await watch();
    await watch();
    await basicClient(hub, 'bob');
    await clock.advance(100);
    assert.equal(alice.takeOne().type, 'presence');
  });

  it('ends with the connection', async () => {
    await watch();
    await basicClient(hub, 'bob');
    await alice.close(1000);
    assert.equal(clock.waiting, 0);
    await settled();
    assert.deepEqual(alice.take(), []);
  });

  it('does not show a session that only lost its connection as gone', async () => {
    const bob = await kitClient(hub, 'bob');
    await watch();
    await bob.close(1006);
    await clock.advance(59_000);
    assert.deepEqual(alice.take(), []);
    await clock.advance(1_100);
    assert.deepEqual(alice.takeOne(), { type: 'presence', online: [], offline: ['bob'] });
  });
});
