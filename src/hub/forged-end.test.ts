import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { FakeClock } from '../../test/helpers/fake-clock.js';
import { kitClient, type HubClient } from '../../test/helpers/hub-client.js';
import { Hub } from './hub.js';

let clock: FakeClock;
let hub: Hub;
let alice: HubClient;
let bob: HubClient;
let eve: HubClient;

beforeEach(async () => {
  clock = new FakeClock();
  hub = new Hub({ clock });
  // Old enough that nobody may still come back from a hub before it.
  await clock.advance(hub.settings.resumeWindow);
  alice = await kitClient(hub, 'alice');
  bob = await kitClient(hub, 'bob');
  eve = await kitClient(hub, 'eve');
});

const order = (link: string, seq: number) => ({ link, seq, after: 0 });

describe('the end of a call that the server does not know', () => {
  it('reaches nobody when there was no such call between the two', async () => {
    await alice.send({ type: 'call', name: 'eve', call: 'hers', kind: 'chat', ...order('A', 1) });
    await eve.send({ type: 'decline', name: 'alice', call: 'hers', ...order('E', 1) });
    eve.take();
    for (const type of ['leave', 'cancel', 'decline', 'busy']) {
      for (const call of ['none', 'hers']) {
        await eve.send({ type, name: 'bob', call, ...order('A', 2 ** 32) });
        assert.equal(eve.takeOne().code, 'no-such-call', `${type} ${call}`);
      }
    }
    assert.deepEqual(bob.take(), []);
  });

  it('reaches the other end of a call that was', async () => {
    await alice.send({ type: 'call', name: 'bob', call: '1', kind: 'chat', ...order('A', 1) });
    await bob.send({ type: 'accept', name: 'alice', call: '1', ...order('B', 1) });
    await alice.send({ type: 'leave', name: 'bob', call: '1', ...order('A', 2) });
    alice.take();
    await bob.send({ type: 'leave', name: 'alice', call: '1', ...order('B', 2) });
    assert.equal(alice.takeOne().type, 'leave');
  });
});
