import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { FakeClock } from '../../test/helpers/fake-clock.js';
import { HubClient, basicClient, kitClient } from '../../test/helpers/hub-client.js';
import { CloseCode } from './connection.js';
import { Hub } from './hub.js';

const lost = 1006;
const hello = { version: 1 };

describe('a session whose connection is gone', () => {
  let clock: FakeClock;
  let hub: Hub;

  beforeEach(() => {
    clock = new FakeClock();
    hub = new Hub({ clock });
  });

  const online = async () => [...(await hub.directory.online())];

  it('ends at once when its client is a basic client', async () => {
    for (const code of [CloseCode.normal, CloseCode.goingAway, lost]) {
      const client = await basicClient(hub, 'alice');
      await client.close(code);
      assert.deepEqual(await online(), []);
    }
  });

  it('is over at once when its client signed out', async () => {
    const client = await kitClient(hub, 'alice');
    await client.close(CloseCode.normal);
    assert.deepEqual(await online(), []);
    assert.equal(clock.waiting, 0);
  });

  it('ends 10 s after its page went away', async () => {
    const client = await kitClient(hub, 'alice');
    await client.close(CloseCode.goingAway);
    await clock.advance(9_999);
    assert.deepEqual(await online(), ['alice']);
    await clock.advance(1);
    assert.deepEqual(await online(), []);
  });

  it('ends 60 s after any other loss', async () => {
    const client = await kitClient(hub, 'alice');
    await client.close(lost);
    await clock.advance(59_999);
    assert.deepEqual(await online(), ['alice']);
    await clock.advance(1);
    assert.deepEqual(await online(), []);
  });

  it('keeps its name from others meanwhile', async () => {
    const client = await kitClient(hub, 'alice');
    await client.close(lost);
    const other = new HubClient(hub);
    await other.send({ type: 'login', name: 'alice', hello });
    assert.equal(other.takeOne().code, 'name-taken');
    await clock.advance(60_000);
    await other.send({ type: 'login', name: 'alice', hello });
    assert.equal(other.takeOne().success, true);
  });

  it('goes on with its token, and does not end later', async () => {
    const first = await kitClient(hub, 'alice');
    await first.close(lost);
    const second = new HubClient(hub);
    await second.send({ type: 'login', name: 'ALICE', hello, resume: first.resume });
    const { success, resumed, name, resume } = second.takeOne();
    assert.deepEqual([success, resumed, name], [true, true, 'alice']);
    assert.notEqual(resume, first.resume);
    assert.equal(clock.waiting, 0);
    await clock.advance(120_000);
    assert.deepEqual(await online(), ['alice']);
  });

  it('is not to be had with a token that was used, or is no token', async () => {
    const first = await kitClient(hub, 'alice');
    const second = new HubClient(hub);
    await second.send({ type: 'login', name: 'alice', hello, resume: first.resume });
    // From here on it is known to have its own.
    await second.send({ type: 'beat' });
    for (const resume of [first.resume, '', 'x'.repeat(32)]) {
      const other = new HubClient(hub);
      await other.send({ type: 'login', name: 'alice', hello, resume });
      assert.equal(other.takeOne().code, 'name-taken');
    }
  });

  it('leaves a connection that is still open when another takes it over', async () => {
    const first = await kitClient(hub, 'alice');
    const bob = await basicClient(hub, 'bob');
    const second = new HubClient(hub);
    await second.send({ type: 'login', name: 'alice', hello, resume: first.resume });
    assert.equal(first.closedWith, CloseCode.takenOver);
    await first.send({ type: 'call', name: 'bob', call: '1', kind: 'chat' });
    await first.send({ type: 'login', name: 'carol', hello });
    assert.deepEqual([...first.take(), ...bob.take()], []);
    assert.equal(clock.waiting, 0);
  });

  it('is a new session after the old one ended, under the same name', async () => {
    const first = await kitClient(hub, 'alice');
    await first.close(lost);
    await clock.advance(60_000);
    const second = new HubClient(hub);
    await second.send({ type: 'login', name: 'alice', hello, resume: first.resume });
    assert.equal(second.takeOne().resumed, false);
  });

  it('gets the messages that came meanwhile, after the answer to its login, in order', async () => {
    const alice = await kitClient(hub, 'alice');
    const bob = await kitClient(hub, 'bob');
    await alice.close(lost);
    await bob.send({ type: 'call', name: 'alice', call: 'one', kind: 'voice' });
    await bob.send({ type: 'call', name: 'alice', call: 'two', kind: 'chat' });
    const again = new HubClient(hub);
    await again.send({ type: 'login', name: 'alice', hello, resume: alice.resume });
    assert.deepEqual(
      again.take().map(({ type, call }) => [type, call]),
      [
        ['login', undefined],
        ['call', 'one'],
        ['call', 'two'],
      ],
    );
  });

  it('keeps a bounded number of frames, and refuses the next to its sender', async () => {
    hub = new Hub({ clock, settings: { mailbox: 2 } });
    const alice = await kitClient(hub, 'alice');
    const bob = await kitClient(hub, 'bob');
    await alice.close(lost);
    for (const call of ['one', 'two', 'three']) {
      await bob.send({ type: 'call', name: 'alice', call, kind: 'chat' });
    }
    const { type, code, call } = bob.take().at(-1)!;
    assert.deepEqual([type, code, call], ['error', 'mailbox-full', 'three']);
    assert.equal(await hub.directory.findCall('three'), undefined);
    const again = new HubClient(hub);
    await again.send({ type: 'login', name: 'alice', hello, resume: alice.resume });
    assert.deepEqual(
      again.take().map(({ call }) => call),
      [undefined, 'one', 'two'],
    );
  });

  it('hears nothing before the answer to its login', async () => {
    const bob = await kitClient(hub, 'bob');
    const alice = new HubClient(hub);
    // Not awaited: bob's calls arrive at every step of alice's login.
    const all = [alice.send({ type: 'login', name: 'alice', hello })];
    for (let call = 0; call < 20; call += 1) {
      all.push(bob.send({ type: 'call', name: 'alice', call: `${call}`, kind: 'chat' }));
    }
    await Promise.all(all);
    const [first, ...rest] = alice.take();
    assert.equal(first?.type, 'login');
    assert.ok(rest.length > 0);
    assert.ok(rest.every(({ type }) => type === 'call'));
  });

  it('is away to those it has a call with, then back', async () => {
    const alice = await kitClient(hub, 'alice');
    const bob = await kitClient(hub, 'bob');
    const carol = await kitClient(hub, 'carol');
    await alice.send({ type: 'call', name: 'bob', call: '1', kind: 'video' });
    await bob.send({ type: 'accept', name: 'alice', call: '1' });
    bob.take();
    await alice.close(CloseCode.goingAway);
    assert.deepEqual(bob.takeOne(), { type: 'away', name: 'alice' });
    const again = new HubClient(hub);
    await again.send({ type: 'login', name: 'alice', hello, resume: alice.resume });
    assert.deepEqual(bob.takeOne(), { type: 'back', name: 'alice' });
    await bob.send({ type: 'leave', name: 'alice', call: '1' });
    assert.deepEqual(
      again.take().map(({ type }) => type),
      ['login', 'leave'],
    );
    assert.deepEqual(carol.take(), []);
  });

  it('takes its calls with it when it ends', async () => {
    const alice = await kitClient(hub, 'alice');
    const bob = await kitClient(hub, 'bob');
    await alice.send({ type: 'call', name: 'bob', call: '1', kind: 'video' });
    bob.take();
    await alice.close(CloseCode.goingAway);
    await clock.advance(10_000);
    assert.deepEqual(bob.take(), [
      { type: 'away', name: 'alice' },
      { type: 'leave', name: 'alice', call: '1', reason: 'gone' },
    ]);
    assert.equal(await hub.directory.findCall('1'), undefined);
  });

  it('says that it signed out', async () => {
    const alice = await kitClient(hub, 'alice');
    const bob = await kitClient(hub, 'bob');
    await alice.send({ type: 'call', name: 'bob', call: '1', kind: 'video' });
    bob.take();
    await alice.close(CloseCode.normal);
    const expected = { type: 'leave', name: 'alice', call: '1', reason: 'signed-out' };
    assert.deepEqual(bob.takeOne(), expected);
  });

  it('leaves no timer behind when the hub closes', async () => {
    const alice = await kitClient(hub, 'alice');
    await alice.close(lost);
    hub.close();
    assert.equal(clock.waiting, 0);
  });
});
