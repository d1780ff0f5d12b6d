import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { FakeClock } from '../../test/helpers/fake-clock.js';
import { HubClient, basicClient, kitClient } from '../../test/helpers/hub-client.js';
import { Hub } from './hub.js';

const lost = 1006;
const offer = { type: 'offer', sdp: 'v=0' };
const answer = { type: 'answer', sdp: 'v=0' };
const order = (seq: number, after = 0) => ({ link: 'link', seq, after });
const call = { type: 'call', name: 'bob', call: '1', kind: 'voice' };

let clock: FakeClock;
let hub: Hub;
let alice: HubClient & { resume: string };
let bob: HubClient & { resume: string };

/** A server that is not new any more: nobody is on their way back to it. */
async function oldHub(): Promise<void> {
  clock = new FakeClock();
  hub = new Hub({ clock });
  await clock.advance(60_000);
  alice = await kitClient(hub, 'alice');
  bob = await kitClient(hub, 'bob');
}

/** A server that has just been started anew, with everyone signed in again. */
async function restart(): Promise<void> {
  hub = new Hub({ clock });
  alice = await kitClient(hub, 'alice');
  bob = await kitClient(hub, 'bob');
}

async function talk(): Promise<void> {
  await alice.send({ ...call, ...order(1) });
  await bob.send({ type: 'accept', name: 'alice', call: '1', answer, ...order(1) });
  alice.take();
  bob.take();
}

beforeEach(oldHub);

describe('a client in the same page, which answers at once', () => {
  it('is served in turn, however often it does', async () => {
    let left = 20_000;
    const done = new Promise<void>((resolve) => {
      alice.onmessage = () => (left-- > 0 ? void alice.send({ type: 'beat' }) : resolve());
    });
    await alice.send({ type: 'beat' });
    await done;
    assert.ok(alice.take().every(({ type }) => type === 'beat'));
  });
});

describe('the order of messages', () => {
  it('is relayed with each of them', async () => {
    await alice.send({ ...call, ...order(1) });
    assert.deepEqual(bob.takeOne(), { ...call, name: 'alice', ...order(1) });
    alice.take();
    await bob.send({ type: 'accept', name: 'alice', call: '1', ...order(7, 6) });
    assert.deepEqual(alice.takeOne(), { type: 'accept', name: 'bob', call: '1', ...order(7, 6) });
    for (const type of ['offer', 'answer', 'candidate'] as const) {
      const content = type === 'candidate' ? { candidate: null } : { [type]: { type, sdp: '' } };
      await alice.send({ type, name: 'bob', call: '1', ...content, ...order(8, 7) });
      const passed = { type, name: 'alice', call: '1', ...content, ...order(8, 7) };
      assert.deepEqual(bob.takeOne(), passed);
    }
    await alice.send({ type: 'leave', name: 'bob', call: '1', ...order(9) });
    const { link, seq, after } = bob.takeOne();
    assert.deepEqual({ link, seq, after }, order(9));
  });

  it('comes back in an acknowledgement, and with a refusal', async () => {
    await bob.send({ type: 'ack', name: 'alice', link: 'link', seq: 3 });
    assert.deepEqual(alice.takeOne(), { type: 'ack', name: 'bob', link: 'link', seq: 3 });
    await alice.send({ type: 'candidate', name: 'bob', call: 'none', ...order(4) });
    const { code, link, seq } = alice.takeOne();
    assert.deepEqual([code, link, seq], ['no-such-call', 'link', 4]);
  });

  it('is acknowledged on behalf of a basic client', async () => {
    await basicClient(hub, 'carol');
    await alice.send({ ...call, name: 'carol', offer, ...order(1) });
    const acks = alice.take().filter(({ type }) => type === 'ack');
    assert.deepEqual(acks, [{ type: 'ack', name: 'carol', link: 'link', seq: 1 }]);
  });
});

describe('a message that the server has seen before', () => {
  it('is relayed again: only the receiver knows whether it has read it', async () => {
    await alice.send({ ...call, ...order(1) });
    await alice.send({ ...call, ...order(1) });
    assert.deepEqual(
      bob.take().map(({ type, seq }) => [type, seq]),
      [
        ['call', 1],
        ['call', 1],
      ],
    );
    alice.take();
    for (let time = 0; time < 2; time++) {
      await bob.send({ type: 'accept', name: 'alice', call: '1', answer, ...order(1) });
      assert.equal(alice.takeOne().type, 'accept');
    }
    for (let time = 0; time < 2; time++) {
      await alice.send({ type: 'leave', name: 'bob', call: '1', ...order(2, 1) });
      assert.equal(bob.takeOne().type, 'leave');
    }
    assert.deepEqual(alice.take(), []);
  });

  it('rings nobody else by the id of somebody’s call', async () => {
    await alice.send({ ...call, ...order(1) });
    bob.take();
    const carol = await kitClient(hub, 'carol');
    await carol.send({ ...call, ...order(1) });
    assert.equal(carol.takeOne().code, 'call-exists');
    await carol.send({ type: 'accept', name: 'alice', call: '1', ...order(2) });
    assert.equal(carol.takeOne().code, 'no-such-call');
    assert.deepEqual(bob.take(), []);
  });
});

describe('a server that was started anew', () => {
  const announcement = (name: string, caller: boolean, accepted = true) => {
    const about = { name, call: '1', kind: 'voice' };
    return { type: 'announce', ...about, caller, accepted };
  };

  it('knows a call again once both ends have announced it', async () => {
    await restart();
    await alice.send(announcement('bob', true));
    assert.deepEqual(alice.take(), []);
    assert.equal(await hub.directory.findCall('1'), undefined);
    await bob.send(announcement('alice', false));
    assert.deepEqual(alice.takeOne(), { type: 'back', name: 'bob' });
    assert.deepEqual(bob.takeOne(), { type: 'back', name: 'alice' });
    await bob.send({ type: 'candidate', name: 'alice', call: '1', candidate: null });
    assert.equal(alice.takeOne().type, 'candidate');
    await clock.advance(120_000);
    assert.deepEqual([...alice.take(), ...bob.take()], []);
  });

  it('keeps a call that still rings from connecting', async () => {
    await restart();
    await alice.send(announcement('bob', true, false));
    await bob.send(announcement('alice', false, false));
    alice.take();
    bob.take();
    await alice.send({ type: 'candidate', name: 'bob', call: '1', candidate: null });
    assert.deepEqual(bob.take(), []);
    await bob.send({ type: 'accept', name: 'alice', call: '1', answer });
    assert.equal(alice.takeOne().type, 'accept');
    assert.equal(bob.takeOne().type, 'candidate');
  });

  it('does not believe a single end, nor two ends that do not name each other', async () => {
    await restart();
    const carol = await kitClient(hub, 'carol');
    await alice.send(announcement('bob', true));
    await carol.send(announcement('alice', false));
    await carol.send(announcement('bob', false));
    assert.equal(await hub.directory.findCall('1'), undefined);
    await bob.send(announcement('alice', false));
    assert.deepEqual(alice.takeOne(), { type: 'back', name: 'bob' });
    assert.deepEqual(carol.take(), []);
  });

  it('does not end a call that has begun to ring again since one end announced it', async () => {
    await restart();
    await bob.send(announcement('alice', false, false));
    await alice.send({ ...call, ...order(1) });
    bob.take();
    await bob.send({ type: 'accept', name: 'alice', call: '1', answer, ...order(1) });
    bob.take();
    await clock.advance(60_000);
    assert.deepEqual(bob.take(), []);
    await bob.send({ type: 'leave', name: 'alice', call: '1' });
    assert.equal(alice.take().at(-1)?.type, 'leave');
  });

  it('ends a call that only one end announces', async () => {
    await restart();
    await alice.send(announcement('bob', true));
    await clock.advance(60_000);
    const gone = { type: 'leave', name: 'bob', call: '1', reason: 'gone' };
    assert.deepEqual(alice.takeOne(), gone);
    assert.equal(clock.waiting, 0);
  });

  it('refuses only rings while people and calls may still return', async () => {
    await talk();
    hub = new Hub({ clock });
    alice = await kitClient(hub, 'alice');
    await alice.send({ type: 'candidate', name: 'bob', call: '1', ...order(2) });
    assert.deepEqual(alice.take(), []);
    await alice.send({ ...call, ...order(3) });
    assert.equal(alice.takeOne().code, 'not-online');
    await clock.advance(60_000);
    await alice.send({ type: 'candidate', name: 'bob', call: '1', ...order(2) });
    assert.equal(alice.takeOne().code, 'not-online');
  });

  it('passes on the end of a call that it does not know', async () => {
    await restart();
    for (const type of ['leave', 'decline', 'cancel', 'busy']) {
      await alice.send({ type, name: 'bob', call: '1', ...order(1) });
      const { name, call } = bob.takeOne();
      assert.deepEqual([name, call], ['alice', '1']);
    }
    assert.deepEqual(alice.take(), []);
  });
});

describe('the token of a session', () => {
  it('counts once more when the answer with the next token was lost', async () => {
    await alice.close(lost);
    for (let time = 0; time < 3; time++) {
      const again = new HubClient(hub);
      const login = { type: 'login', name: 'alice', hello: { version: 1 }, resume: alice.resume };
      await again.send(login);
      assert.equal(again.takeOne().resumed, true);
      await again.close(lost);
    }
  });

  it('may be the client’s own for its first login, the answer to which may be lost too', async () => {
    const login = { type: 'login', name: 'carol', hello: { version: 1 }, resume: 'my-own' };
    for (const resumed of [false, true]) {
      const carol = new HubClient(hub);
      await carol.send(login);
      assert.equal(carol.takeOne().resumed, resumed);
      await carol.close(lost);
    }
  });

  it('does not take the session back for a login that was overtaken by a later one', async () => {
    await alice.close(lost);
    const login = (at: number) => ({
      type: 'login',
      name: 'alice',
      hello: { version: 1, at },
      resume: alice.resume,
    });
    const later = new HubClient(hub);
    await later.send(login(2));
    const earlier = new HubClient(hub);
    await earlier.send(login(1));
    assert.equal(earlier.takeOne().code, 'name-taken');
    assert.equal(later.closedWith, undefined);
  });
});

it('a beat is answered by a beat', async () => {
  await alice.send({ type: 'beat' });
  assert.deepEqual(alice.takeOne(), { type: 'beat' });
});

describe('a person with several sessions', () => {
  let bobs: HubClient[];

  beforeEach(async () => {
    hub = new Hub({ clock, settings: { sessionsPerName: 3 } });
    alice = await kitClient(hub, 'alice');
    bobs = [await kitClient(hub, 'bob'), await kitClient(hub, 'Bob'), await kitClient(hub, 'bob')];
  });

  const ring = async () => {
    await alice.send(call);
    alice.take();
    for (const each of bobs) assert.equal(each.takeOne().type, 'call');
  };

  it('is a single person to watchers, until the last session ends', async () => {
    await alice.send({ type: 'watch', on: true });
    assert.deepEqual(alice.takeOne().names, ['bob']);
    await bobs[0]!.close(1000);
    await bobs[1]!.close(1000);
    await clock.advance(100);
    assert.deepEqual(alice.take(), []);
    await bobs[2]!.close(1000);
    await clock.advance(100);
    assert.deepEqual(alice.takeOne().offline, ['bob']);
  });

  it('has no more of them than are allowed', async () => {
    const fourth = new HubClient(hub);
    await fourth.send({ type: 'login', name: 'bob', hello: { version: 1 } });
    assert.equal(fourth.takeOne().code, 'name-taken');
  });

  it('is rung in all of them; the first to accept wins, and the others stop', async () => {
    await ring();
    await bobs[1]!.send({ type: 'accept', name: 'alice', call: '1', answer });
    assert.equal(alice.takeOne().type, 'accept');
    const stop = { type: 'cancel', name: 'alice', call: '1', reason: 'answered-elsewhere' };
    assert.deepEqual(bobs[0]!.takeOne(), stop);
    assert.deepEqual(bobs[2]!.takeOne(), stop);
    // The rest is between those two.
    await alice.send({ type: 'candidate', name: 'bob', call: '1', candidate: null });
    assert.deepEqual(
      bobs.map((each) => each.take().length),
      [0, 1, 0],
    );
    await bobs[0]!.send({ type: 'accept', name: 'alice', call: '1', answer });
    assert.equal(bobs[0]!.takeOne().code, 'no-such-call');
    await bobs[1]!.send({ type: 'leave', name: 'alice', call: '1' });
    assert.equal(alice.takeOne().type, 'leave');
  });

  it('declines for all of them', async () => {
    await ring();
    await bobs[2]!.send({ type: 'decline', name: 'alice', call: '1' });
    assert.equal(alice.takeOne().type, 'decline');
    assert.deepEqual(
      bobs.map((each) => each.take().map(({ type }) => type)),
      [['cancel'], ['cancel'], []],
    );
  });

  it('is busy only where all of them are', async () => {
    await ring();
    for (const each of bobs.slice(0, 2)) {
      await each.send({ type: 'busy', name: 'alice', call: '1' });
      assert.deepEqual(alice.take(), []);
    }
    await bobs[2]!.send({ type: 'busy', name: 'alice', call: '1' });
    assert.equal(alice.takeOne().type, 'busy');
  });

  it('goes on ringing when one of the sessions ends', async () => {
    await ring();
    await bobs[0]!.close(1000);
    await bobs[1]!.close(lost);
    await clock.advance(60_000);
    assert.deepEqual(alice.take(), []);
    await bobs[2]!.send({ type: 'accept', name: 'alice', call: '1', answer });
    assert.equal(alice.takeOne().type, 'accept');
  });

  it('is told in all of them when the caller gives up', async () => {
    await ring();
    await alice.send({ type: 'cancel', name: 'bob', call: '1' });
    for (const each of bobs) assert.equal(each.takeOne().type, 'cancel');
    assert.equal(await hub.directory.findCall('1'), undefined);
  });
});
