import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { FakeClock } from '../../test/helpers/fake-clock.js';
import type { HubClient } from '../../test/helpers/hub-client.js';
import { kitClient } from '../../test/helpers/hub-client.js';
import { Hub } from './hub.js';
import { defaultHubSettings, unlimitedRings } from './settings.js';

const { rings } = defaultHubSettings;

let clock: FakeClock;
let hub: Hub;
let bob: HubClient;
let calls: number;

beforeEach(async () => {
  clock = new FakeClock();
  hub = new Hub({ clock });
  bob = await kitClient(hub, 'bob');
  calls = 0;
});

/** Rings Bob, or somebody else. @returns what the caller is answered */
async function ring(caller: HubClient, name = 'bob') {
  await caller.send({ type: 'call', name, call: `${++calls}`, kind: 'chat' });
  return caller.take().at(-1)!;
}

const giveUp = (caller: HubClient) =>
  caller.send({ type: 'cancel', name: 'bob', call: `${calls}` });

describe('a stranger who rings', () => {
  it('rings at one person with four calls at once', async () => {
    const eve = await kitClient(hub, 'eve');
    for (let count = 0; count < rings.atOncePerPair; count++) {
      assert.equal((await ring(eve)).type, 'ringing');
    }
    assert.equal((await ring(eve)).code, 'too-many-calls');
    await bob.send({ type: 'decline', name: 'eve', call: '1' });
    eve.take();
    assert.equal((await ring(eve)).type, 'ringing');
  });

  it('rings at one person with sixteen calls at once from one address', async () => {
    let heard = 0;
    for (let count = 0; count < 2 * rings.atOncePerAddress; count++) {
      const eve = await kitClient(hub, `eve ${count}`, '192.0.2.1');
      if ((await ring(eve)).type === 'ringing') heard++;
    }
    assert.equal(heard, rings.atOncePerAddress);
    const carol = await kitClient(hub, 'carol', '192.0.2.2');
    assert.equal((await ring(carol)).type, 'ringing');
  });

  it('leaves the person free to call', async () => {
    await kitClient(hub, 'carol');
    for (let count = 0; count < 50; count++) {
      await ring(await kitClient(hub, `eve ${count}`, `192.0.2.${count}`));
    }
    bob.take();
    assert.equal((await ring(bob, 'carol')).type, 'ringing');
  });

  it('rings a person ten times a minute, and is told when to try again', async () => {
    const eve = await kitClient(hub, 'eve');
    for (let count = 0; count < rings.perPair.most; count++) {
      assert.equal((await ring(eve)).type, 'ringing');
      await giveUp(eve);
    }
    const { code, message } = await ring(eve);
    assert.deepEqual([code, message], ['too-many-rings', 'You ring too often: try again in 6 s']);
    await clock.advance(6000);
    assert.equal((await ring(eve)).type, 'ringing');
  });

  it('rings a bounded number of people a minute, from one session and from one address', async () => {
    const names = Array.from({ length: rings.perAddress.most + 1 }, (_, index) => `p${index}`);
    for (const name of names) await kitClient(hub, name);
    const tries = async (caller: HubClient) => {
      let heard = 0;
      for (const name of names) if ((await ring(caller, name)).type === 'ringing') heard++;
      return heard;
    };
    hub.settings.callsPerSession = Infinity;
    assert.equal(await tries(await kitClient(hub, 'eve')), rings.perCaller.most);
    let heard = 0;
    for (let count = 0; count < 11; count++) {
      heard += await tries(await kitClient(hub, `eve ${count}`, '192.0.2.1'));
    }
    assert.equal(heard, rings.perAddress.most);
  });

  it('repeats a ring too often in vain', async () => {
    const eve = await kitClient(hub, 'eve');
    const order = { link: 'eve', seq: 1, after: 0 };
    for (let count = 0; count < 100; count++) {
      await eve.send({ type: 'call', name: 'bob', call: 'same', kind: 'chat', ...order });
    }
    assert.equal(bob.take().length, 1 + rings.repeats.most);
  });
});

describe('a ring that nobody ends', () => {
  it('ends by itself, at both sides', async () => {
    const alice = await kitClient(hub, 'alice');
    await ring(alice);
    bob.take();
    await clock.advance(rings.longest - 1);
    assert.deepEqual([...alice.take(), ...bob.take()], []);
    await clock.advance(1);
    const words = { call: '1', reason: 'no-answer' };
    assert.deepEqual(alice.takeOne(), { type: 'decline', name: 'bob', ...words });
    assert.deepEqual(bob.takeOne(), { type: 'cancel', name: 'alice', ...words });
    assert.equal(clock.waiting, 0);
  });

  it('ends when it is accepted, and leaves no timer', async () => {
    const alice = await kitClient(hub, 'alice');
    await ring(alice);
    await bob.send({ type: 'accept', name: 'alice', call: '1' });
    assert.equal(clock.waiting, 0);
    await clock.advance(rings.longest);
    assert.ok(await hub.directory.findCall('1'));
  });
});

describe('an announcement', () => {
  it('is bounded in number, and leaves a single timer however often it is repeated', async () => {
    const eve = await kitClient(hub, 'eve');
    const announce = (call: string) =>
      eve.send({ type: 'announce', name: 'x', call, kind: 'chat', caller: true, accepted: true });
    for (let count = 0; count < 100; count++) await announce('same');
    assert.equal(clock.waiting, 1);
    for (let count = 1; count < defaultHubSettings.callsPerSession; count++) {
      await announce(`${count}`);
    }
    assert.deepEqual(eve.take(), []);
    await announce('more');
    assert.equal(eve.takeOne().code, 'too-many-calls');
    await clock.advance(defaultHubSettings.resumeWindow);
    assert.equal(clock.waiting, 0);
  });
});

describe('a hub between the tabs of one browser', () => {
  it('lets people ring as often as they like', async () => {
    hub = new Hub({ clock, settings: { rings: unlimitedRings, callsPerSession: Infinity } });
    await kitClient(hub, 'bob');
    const alice = await kitClient(hub, 'alice');
    for (let count = 0; count < 1000; count++) {
      assert.equal((await ring(alice)).type, 'ringing');
    }
  });
});
