import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import type { HubClient } from '../../test/helpers/hub-client.js';
import { basicClient } from '../../test/helpers/hub-client.js';
import { Hub } from './hub.js';

const offer = { type: 'offer', sdp: 'v=0 of alice' };
const answer = { type: 'answer', sdp: 'v=0 of bob' };
const candidate = { candidate: 'candidate:1', sdpMid: '0', sdpMLineIndex: 0 };

describe('two basic clients', () => {
  let hub: Hub;
  let alice: HubClient;
  let bob: HubClient;

  beforeEach(async () => {
    hub = new Hub();
    alice = await basicClient(hub, 'alice');
    bob = await basicClient(hub, 'bob');
  });

  it('exchange descriptions and candidates, in any order', async () => {
    await alice.send({ type: 'candidate', name: 'bob', candidate });
    assert.deepEqual(bob.takeOne(), { type: 'candidate', name: 'alice', candidate });
    await alice.send({ type: 'offer', name: 'bob', offer });
    assert.deepEqual(bob.takeOne(), { type: 'offer', name: 'alice', offer });
    await bob.send({ type: 'candidate', name: 'alice', candidate });
    assert.deepEqual(alice.takeOne(), { type: 'candidate', name: 'bob', candidate });
    await bob.send({ type: 'answer', name: 'alice', answer });
    assert.deepEqual(alice.takeOne(), { type: 'answer', name: 'bob', answer });
  });

  it('have their messages relayed, whatever they hold', async () => {
    for (const content of [null, '', 'v=0', 0, [], { deep: [{ er: null }] }]) {
      await alice.send({ type: 'offer', name: 'bob', offer: content });
      assert.deepEqual(bob.takeOne(), { type: 'offer', name: 'alice', offer: content });
    }
  });

  it('cannot speak for somebody else', async () => {
    await basicClient(hub, 'carol');
    const forged = { from: 'carol', sender: 'carol', type: 'offer', name: 'bob', offer };
    await alice.send(forged);
    assert.deepEqual(bob.takeOne(), { type: 'offer', name: 'alice', offer });
  });

  it('hang up', async () => {
    await alice.send({ type: 'offer', name: 'bob', offer });
    await bob.send({ type: 'answer', name: 'alice', answer });
    alice.take();
    bob.take();
    await alice.send({ type: 'leave', name: 'bob' });
    assert.deepEqual(bob.takeOne(), { type: 'leave', name: 'alice' });
    await alice.close();
    await bob.close();
    assert.deepEqual(alice.take(), []);
    assert.deepEqual(bob.take(), []);
  });

  it('are told that the partner has gone, whoever offered', async () => {
    await alice.send({ type: 'offer', name: 'bob', offer });
    await bob.send({ type: 'answer', name: 'alice', answer });
    alice.take();
    await bob.close();
    assert.deepEqual(alice.takeOne(), { type: 'leave', name: 'bob' });
    bob = await basicClient(hub, 'bob');
    await alice.send({ type: 'offer', name: 'bob', offer });
    bob.take();
    await alice.close();
    assert.deepEqual(bob.takeOne(), { type: 'leave', name: 'alice' });
  });

  it('are told it even after a third client has been left', async () => {
    const carol = await basicClient(hub, 'carol');
    await alice.send({ type: 'offer', name: 'bob', offer });
    await alice.send({ type: 'leave', name: 'carol' });
    assert.deepEqual(carol.takeOne(), { type: 'leave', name: 'alice' });
    bob.take();
    await alice.close();
    assert.deepEqual(bob.takeOne(), { type: 'leave', name: 'alice' });
  });

  it('call again in the opposite direction', async () => {
    await alice.send({ type: 'offer', name: 'bob', offer });
    await alice.send({ type: 'leave', name: 'bob' });
    bob.take();
    await bob.send({ type: 'offer', name: 'alice', offer });
    assert.deepEqual(alice.takeOne(), { type: 'offer', name: 'bob', offer });
    await bob.close();
    assert.deepEqual(alice.takeOne(), { type: 'leave', name: 'bob' });
  });

  it('are told when a name is not online', async () => {
    const messages = [
      { type: 'offer', offer },
      { type: 'answer', answer },
      { type: 'candidate', candidate },
      { type: 'leave' },
    ];
    for (const message of messages) {
      await alice.send({ ...message, name: 'nobody' });
      const words = 'nobody is not online';
      assert.deepEqual(alice.takeOne(), { type: 'error', code: 'not-online', message: words });
    }
    await alice.send({ type: 'offer', name: 'bob', offer });
    assert.deepEqual(bob.takeOne(), { type: 'offer', name: 'alice', offer });
  });
});
