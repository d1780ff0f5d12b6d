import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { FakeClock } from '../../test/helpers/fake-clock.js';
import { basicClient, HubClient, kitClient } from '../../test/helpers/hub-client.js';
import { Hub } from './hub.js';

const stun = { urls: 'stun:stun.example.org' };

/** A hub whose relays' credentials have a number, and count for ten minutes. */
function hubWithRelays() {
  const clock = new FakeClock();
  let made = 0;
  const credentials = (key: string) => [{ urls: 'turn:a', username: `${++made} of ${key}` }];
  const relays = { lifetime: 600_000, credentials };
  return { clock, hub: new Hub({ clock, settings: { iceServers: [stun], relays } }) };
}

const withRelay = (username: string) => [stun, { urls: 'turn:a', username }];

describe('credentials for relays', () => {
  it('are handed out at login, and anew when they are half over', async () => {
    const { hub, clock } = hubWithRelays();
    const alice = new HubClient(hub);
    await alice.send({ type: 'login', name: 'Alice', hello: { version: 1 } });
    assert.deepEqual(alice.takeOne().iceServers, withRelay('1 of alice'));

    await clock.advance(299_999);
    await alice.send({ type: 'beat' });
    assert.deepEqual(alice.take(), [{ type: 'beat' }]);
    await clock.advance(1);
    await alice.send({ type: 'beat' });
    const renewed = { type: 'ice-servers', iceServers: withRelay('2 of alice') };
    assert.deepEqual(alice.take(), [{ type: 'beat' }, renewed]);
    await clock.advance(15_000);
    await alice.send({ type: 'beat' });
    assert.deepEqual(alice.take(), [{ type: 'beat' }]);
    hub.close();
  });

  it('are new on resume, and none for a basic client', async () => {
    const { hub, clock } = hubWithRelays();
    const { resume } = await kitClient(hub, 'alice');
    const back = new HubClient(hub);
    await back.send({ type: 'login', name: 'alice', hello: { version: 1 }, resume });
    assert.deepEqual(back.takeOne().iceServers, withRelay('2 of alice'));
    const bob = await basicClient(hub, 'bob');
    await clock.advance(600_000);
    await bob.send({ type: 'beat' });
    assert.deepEqual(bob.take(), [{ type: 'beat' }]);
    hub.close();
  });

  it('are not renewed where there are none', async () => {
    const clock = new FakeClock();
    const hub = new Hub({ clock, settings: { iceServers: [stun] } });
    const alice = await kitClient(hub, 'alice');
    await clock.advance(86_400_000);
    await alice.send({ type: 'beat' });
    assert.deepEqual(alice.take(), [{ type: 'beat' }]);
    hub.close();
  });
});
