import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { FakeClock } from '../../test/helpers/fake-clock.js';
import type { HubClient } from '../../test/helpers/hub-client.js';
import { kitClient, type Json } from '../../test/helpers/hub-client.js';
import { Hub } from './hub.js';

const offer = { type: 'offer', sdp: 'v=0' };
const answer = { type: 'answer', sdp: 'v=0' };
const candidate = { candidate: 'candidate:1', sdpMid: '0' };

describe('two kit clients', () => {
  let hub: Hub;
  let alice: HubClient;
  let bob: HubClient;
  let carol: HubClient;

  beforeEach(async () => {
    hub = new Hub({ clock: new FakeClock(), settings: { callsPerSession: 2 } });
    alice = await kitClient(hub, 'alice');
    bob = await kitClient(hub, 'bob');
    carol = await kitClient(hub, 'carol');
  });

  const ring = async (call = '1') => {
    await alice.send({ type: 'call', name: 'bob', call, kind: 'video' });
    alice.take();
    bob.take();
  };
  const connect = async () => {
    await ring();
    await bob.send({ type: 'accept', name: 'alice', call: '1' });
    alice.take();
  };
  const noCall = async (client: HubClient, message: Json) => {
    await client.send(message);
    const { type, code, call } = client.takeOne();
    assert.deepEqual([type, code, call], ['error', 'no-such-call', message.call]);
  };

  it('ring, and say that they ring', async () => {
    await alice.send({ type: 'call', name: ' BOB', call: '1', kind: 'voice', offer });
    assert.deepEqual(alice.takeOne(), { type: 'ringing', name: 'bob', call: '1' });
    const expected = { type: 'call', name: 'alice', call: '1', kind: 'voice', offer };
    assert.deepEqual(bob.takeOne(), expected);
    assert.deepEqual(carol.take(), []);
  });

  it('accept, then exchange candidates and later descriptions', async () => {
    await ring();
    await bob.send({ type: 'accept', name: 'alice', call: '1', answer });
    assert.deepEqual(alice.takeOne(), { type: 'accept', name: 'bob', call: '1', answer });
    for (const message of [
      { type: 'candidate', call: '1', candidate },
      { type: 'candidate', call: '1', candidate: null },
      { type: 'offer', call: '1', offer },
      { type: 'answer', call: '1', answer },
    ]) {
      await alice.send({ ...message, name: 'bob' });
      assert.deepEqual(bob.takeOne(), { ...message, name: 'alice' });
      await bob.send({ ...message, name: 'alice' });
      assert.deepEqual(alice.takeOne(), { ...message, name: 'bob' });
    }
  });

  it('decline, with a reason', async () => {
    await ring();
    await bob.send({ type: 'decline', name: 'alice', call: '1' });
    const declined = { type: 'decline', name: 'bob', call: '1', reason: 'declined' };
    assert.deepEqual(alice.takeOne(), declined);
    await ring();
    await bob.send({ type: 'decline', name: 'alice', call: '1', reason: 'unsupported-kind' });
    assert.deepEqual(alice.takeOne(), { ...declined, reason: 'unsupported-kind' });
  });

  it('are busy', async () => {
    await ring();
    await bob.send({ type: 'busy', name: 'alice', call: '1' });
    assert.deepEqual(alice.takeOne(), { type: 'busy', name: 'bob', call: '1' });
  });

  it('cancel, with a reason', async () => {
    await ring();
    await alice.send({ type: 'cancel', name: 'bob', call: '1' });
    const cancelled = { type: 'cancel', name: 'alice', call: '1', reason: 'cancelled' };
    assert.deepEqual(bob.takeOne(), cancelled);
    await ring();
    await alice.send({ type: 'cancel', name: 'bob', call: '1', reason: 'no-answer' });
    assert.deepEqual(bob.takeOne(), { ...cancelled, reason: 'no-answer' });
  });

  it('are over when one cancels while the other accepts', async () => {
    await connect();
    await alice.send({ type: 'cancel', name: 'bob', call: '1' });
    const left = { type: 'leave', name: 'alice', call: '1', reason: 'cancelled' };
    assert.deepEqual(bob.takeOne(), left);
    assert.equal(await hub.directory.findCall('1'), undefined);
  });

  it('hang up on either side, and call again under the same id', async () => {
    await connect();
    await alice.send({ type: 'leave', name: 'bob', call: '1' });
    const left = { type: 'leave', name: 'alice', call: '1', reason: 'hung-up' };
    assert.deepEqual(bob.takeOne(), left);
    await connect();
    await bob.send({ type: 'leave', name: 'alice', call: '1', reason: 'failed' });
    assert.deepEqual(alice.takeOne(), { ...left, name: 'bob', reason: 'failed' });
  });

  it('send no candidate before the callee accepts', async () => {
    await ring();
    await noCall(bob, { type: 'candidate', name: 'alice', call: '1', candidate });
    await alice.send({ type: 'candidate', name: 'bob', call: '1', candidate });
    assert.deepEqual([...alice.take(), ...bob.take()], []);
    await bob.send({ type: 'accept', name: 'alice', call: '1' });
    const kept = { type: 'candidate', name: 'alice', call: '1', candidate };
    assert.deepEqual(bob.takeOne(), kept);
    assert.deepEqual(alice.takeOne(), { type: 'accept', name: 'bob', call: '1' });
  });

  it('have a bounded number of candidates kept', async () => {
    await ring();
    for (let count = 0; count < 100; count += 1) {
      await alice.send({ type: 'candidate', name: 'bob', call: '1', candidate });
    }
    await bob.send({ type: 'accept', name: 'alice', call: '1' });
    assert.equal(bob.take().length, 64);
  });

  it('send no description in a call that rings', async () => {
    await ring();
    await noCall(alice, { type: 'offer', name: 'bob', call: '1', offer });
    await noCall(bob, { type: 'answer', name: 'alice', call: '1', answer });
    assert.deepEqual([...alice.take(), ...bob.take()], []);
  });

  it('have no call that was never made', async () => {
    await connect();
    for (const call of [undefined, '2', 'constructor']) {
      for (const message of [
        { type: 'offer', offer },
        { type: 'answer', answer },
        { type: 'candidate', candidate },
        { type: 'leave' },
      ]) {
        await noCall(alice, { ...message, name: 'bob', ...(call && { call }) });
      }
    }
    for (const type of ['accept', 'decline', 'busy', 'cancel']) {
      await noCall(alice, { type, name: 'bob', call: '2' });
    }
    assert.deepEqual(bob.take(), []);
  });

  it('are left alone by a third', async () => {
    await ring();
    for (const name of ['alice', 'bob', 'carol']) {
      for (const message of [
        { type: 'accept' },
        { type: 'decline' },
        { type: 'busy' },
        { type: 'cancel' },
        { type: 'leave' },
        { type: 'candidate', candidate },
        { type: 'offer', offer },
      ]) {
        await noCall(carol, { ...message, name, call: '1' });
      }
    }
    assert.deepEqual([...alice.take(), ...bob.take()], []);
  });

  it('keep to their parts: the caller does not accept, the callee does not cancel', async () => {
    await ring();
    for (const type of ['accept', 'decline', 'busy']) {
      await noCall(alice, { type, name: 'bob', call: '1' });
    }
    await noCall(bob, { type: 'cancel', name: 'alice', call: '1' });
  });

  it('accept once', async () => {
    await connect();
    await noCall(bob, { type: 'accept', name: 'alice', call: '1' });
    await noCall(bob, { type: 'decline', name: 'alice', call: '1' });
    assert.deepEqual(alice.take(), []);
  });

  it('must name the partner of the call', async () => {
    await ring();
    await noCall(bob, { type: 'accept', name: 'carol', call: '1' });
    await noCall(bob, { type: 'decline', name: 'bob', call: '1' });
    await noCall(alice, { type: 'cancel', name: 'carol', call: '1' });
    await noCall(alice, { type: 'leave', name: 'alice', call: '1' });
    await noCall(alice, { type: 'leave', name: 'carol', call: '1' });
    assert.deepEqual([...alice.take(), ...bob.take(), ...carol.take()], []);
  });

  it('are not told of an id that is in use', async () => {
    await ring();
    await carol.send({ type: 'call', name: 'bob', call: '1', kind: 'voice' });
    const { code, call } = carol.takeOne();
    assert.deepEqual([code, call], ['call-exists', '1']);
    assert.deepEqual(bob.take(), []);
    await bob.send({ type: 'accept', name: 'alice', call: '1' });
    assert.equal(alice.takeOne().type, 'accept');
  });

  it('cannot call themselves, nor a name that is not online', async () => {
    await alice.send({ type: 'call', name: 'Alice', call: '1', kind: 'voice' });
    assert.equal(alice.takeOne().code, 'yourself');
    await alice.send({ type: 'call', name: 'nobody', call: '1', kind: 'voice' });
    const { code, call } = alice.takeOne();
    assert.deepEqual([code, call], ['not-online', '1']);
    await ring();
  });

  it('make or take a bounded number of calls', async () => {
    await ring('1');
    await ring('2');
    await alice.send({ type: 'call', name: 'carol', call: '3', kind: 'chat' });
    assert.equal(alice.takeOne().code, 'too-many-calls');
    assert.deepEqual([...bob.take(), ...carol.take()], []);
    await bob.send({ type: 'busy', name: 'alice', call: '1' });
    alice.take();
    await alice.send({ type: 'call', name: 'carol', call: '3', kind: 'chat' });
    assert.equal(alice.takeOne().type, 'ringing');
  });

  it('call others however many ring at them', async () => {
    await ring('1');
    await ring('2');
    await bob.send({ type: 'call', name: 'carol', call: '3', kind: 'chat' });
    assert.equal(bob.takeOne().type, 'ringing');
  });
});
