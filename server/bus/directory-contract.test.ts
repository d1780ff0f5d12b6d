import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import { until } from '../../test/helpers/e2e/until.js';
import { FakeClock } from '../../test/helpers/fake-clock.js';
import { startRedis, type OwnRedis, type RedisChoices } from '../../test/helpers/redis.js';
import {
  type CallRecord,
  type Claim,
  defaultHubSettings,
  type Directory,
  MemoryDirectory,
  type SessionRef,
} from 'rtc-widgets/hub';
import { nameKey, type ServerMessage } from 'rtc-widgets/protocol';
import { connectRedis } from '../redis.js';
import { FailoverDirectory } from './failover-directory.js';

const kept = { each: 20_000, all: 32_000_000 };
const settings = { ...defaultHubSettings, kept, mailbox: 2, sessionsPerName: 2 };
const message = (name: string): ServerMessage => ({ type: 'back', name });

/** A directory as two processes see it; in memory there is but one process. */
interface World {
  open(): Promise<[Directory, Directory]>;
  close(): Promise<void>;
}

let clock: FakeClock;

function inMemory(): World {
  return {
    async open() {
      const directory = new MemoryDirectory(settings);
      return [directory, directory];
    },
    async close() {},
  };
}

function inRedis(choices: RedisChoices): World {
  let redis: OwnRedis;
  let both: FailoverDirectory[] = [];
  before(async () => (redis = await startRedis(choices)));
  after(() => redis.stop());
  return {
    async open() {
      const time = async () => 1_000_000 + clock.now();
      const options = { url: redis.url, hub: settings, clock, time };
      both = [await FailoverDirectory.connect(options), await FailoverDirectory.connect(options)];
      return both as [FailoverDirectory, FailoverDirectory];
    },
    async close() {
      for (const directory of both) await directory.close();
      const client = await connectRedis(redis.url, { onError: () => {} });
      assert.equal(await client.sendCommand(['ZCARD', 'rtc:processes']), 0);
      await client.sendCommand(['FLUSHALL']);
      client.destroy();
    },
  };
}

/** A session with a connection at one of the two. */
class Held {
  readonly read: ServerMessage[] = [];
  lost: string | undefined;
  claim: Claim | undefined | 'unavailable';

  get session(): SessionRef {
    return (this.claim as Claim).session;
  }

  get resume(): string {
    return (this.claim as Claim).resume;
  }

  /** Settles when as many messages have arrived; takes them. */
  async take(count: number): Promise<string[]> {
    await until(`${count} messages`, () => this.read.length >= count);
    return this.read.splice(0).map((each) => (each as { name: string }).name);
  }
}

async function claim(
  directory: Directory,
  name: string,
  { resume, at, kit = true }: { resume?: string; at?: number; kit?: boolean } = {},
): Promise<Held> {
  const held = new Held();
  held.claim = await directory.claim(
    name,
    kit,
    resume,
    at,
    (each) => held.read.push(each) > 0,
    (why) => (held.lost = why),
  );
  return held;
}

const worlds: Record<string, () => World> = {
  'in memory': inMemory,
  'in Redis': () => inRedis({}),
  'in Redis Cluster, which refuses keys of different tags': () => inRedis({ cluster: true }),
};

for (const [title, make] of Object.entries(worlds)) {
  describe(`a directory ${title}`, () => {
    const world = make();
    let one: Directory;
    let other: Directory;

    beforeEach(async () => {
      clock = new FakeClock();
      [one, other] = await world.open();
    });
    afterEach(() => world.close());

    const online = async (directory: Directory) => [...(await directory.online())];

    it('has a single epoch', () => {
      assert.ok(one.epoch);
      assert.equal(one.epoch, other.epoch);
    });

    it('gives a name to as many sessions as are allowed, however it is written', async () => {
      const first = await claim(one, 'Zoë');
      const second = await claim(other, 'ZOE\u0308');
      assert.equal((await claim(one, 'zoë')).claim, undefined);
      assert.deepEqual([first.session.name, second.session.name], ['Zoë', 'Zoë']);
      const expected = [first.session, second.session];
      assert.deepEqual(await other.locate(nameKey('zoë')), expected);
      assert.deepEqual(await online(one), ['Zoë']);
      assert.deepEqual(await one.locate('nobody'), []);
    });

    it('gives a name to no more than that when all ask at once', async () => {
      const all = Array.from({ length: 8 }, (_, index) => claim(index % 2 ? one : other, 'alice'));
      const granted = (await Promise.all(all)).filter((each) => each.claim);
      assert.equal(granted.length, 2);
    });

    it('takes names as they come', async () => {
      for (const name of ['__proto__', '{a}b', '}{', '*', 'a b', '👩‍👩‍👧', 'محمد', '"']) {
        const held = await claim(one, name);
        assert.equal(await other.deliver(held.session, message(name)), true);
        assert.deepEqual(await held.take(1), [name]);
        assert.deepEqual(await other.locate(nameKey(name)), [held.session]);
      }
    });

    it('gives a session to the holder of its token, and tells the previous holder', async () => {
      const first = await claim(one, 'alice');
      const second = await claim(other, 'alice', { resume: first.resume });
      assert.deepEqual(second.session, first.session);
      assert.equal((second.claim as Claim).resumed, true);
      await until('it is told', () => first.lost === 'taken-over');
      await one.deliver(first.session, message('bob'));
      assert.deepEqual(await second.take(1), ['bob']);
      assert.deepEqual(first.read, []);
    });

    it('accepts the previous token until the next has arrived', async () => {
      let held = await claim(one, 'alice', { resume: 'my-own' });
      const again = async (token: string, directory: Directory) => {
        held = await claim(directory, 'alice', { resume: token });
        return (held.claim as Claim).resumed;
      };
      const first = held.resume;
      assert.equal(await again('my-own', other), true);
      const next = held.resume;
      assert.equal(await again(next, one), true);
      await one.confirm(held.session);
      assert.equal(await again(next, other), false);
      assert.equal((await claim(one, 'alice', { resume: first })).claim, undefined);
    });

    it('gives nothing to a login overtaken by a later login', async () => {
      const first = await claim(one, 'alice', { resume: 'token', at: 1 });
      const later = await claim(other, 'alice', { resume: 'token', at: 3 });
      assert.equal((await claim(one, 'alice', { resume: 'token', at: 2 })).claim, undefined);
      await until('the first is told', () => first.lost);
      assert.equal(later.lost, undefined);
    });

    it('delivers messages in order, and keeps some for a session that is away', async () => {
      const alice = await claim(one, 'alice');
      for (const name of ['1', '2', '3']) await other.deliver(alice.session, message(name));
      assert.deepEqual(await alice.take(3), ['1', '2', '3']);
      await one.detach(alice.session, 60_000);
      assert.equal(await other.deliver(alice.session, message('4')), true);
      assert.equal(await one.deliver(alice.session, message('5')), true);
      assert.equal(await other.deliver(alice.session, message('6')), 'full');
      const again = await claim(other, 'alice', { resume: alice.resume });
      const waited = await other.collect(again.session);
      assert.deepEqual(waited, [message('4'), message('5')]);
      assert.deepEqual(await other.collect(again.session), []);
      assert.deepEqual([...alice.read, ...again.read], []);
    });

    it('bounds waiting messages in bytes, and keeps no acknowledgement', async () => {
      const alice = await claim(one, 'alice');
      await one.detach(alice.session, 10_000);
      const long = (length: number): ServerMessage => ({
        type: 'offer',
        name: 'bob',
        offer: { type: 'offer', sdp: 'x'.repeat(length) },
      });
      assert.equal(await other.deliver(alice.session, long(25_000)), 'full');
      for (let seq = 1; seq < 5; seq++) {
        const ack = { type: 'ack', name: 'bob', link: 'x', seq } as const;
        assert.equal(await other.deliver(alice.session, ack), true);
      }
      assert.equal(await other.deliver(alice.session, long(6000)), true);
      assert.deepEqual(
        (await one.collect(alice.session)).map(({ type }) => type),
        ['offer'],
      );
      assert.equal(await other.deliver(alice.session, long(6000)), true);
    });

    it('knows no session that is over', async () => {
      const alice = await claim(one, 'alice');
      await one.release(alice.session);
      assert.equal(await other.deliver(alice.session, message('1')), false);
      assert.deepEqual(await online(other), []);
      await until('its name is free', async () => !(await other.locate('alice')).length);
      const stranger = await claim(other, 'alice', { resume: alice.resume });
      assert.equal((stranger.claim as Claim).resumed, false);
      assert.equal(await one.deliver(alice.session, message('1')), false);
    });

    it('ends a detached session, and none that is back', async () => {
      const alice = await claim(one, 'alice');
      assert.equal(await other.expire(alice.session), undefined);
      await one.detach(alice.session, 10);
      const again = await claim(other, 'alice', { resume: alice.resume });
      await clock.advance(10);
      assert.equal(await one.expire(again.session), undefined);
      await other.detach(again.session, 10);
      await clock.advance(10);
      assert.deepEqual(await one.expire(again.session), []);
      assert.deepEqual(await online(one), []);
    });

    it('tells watchers of names, not of sessions', async () => {
      const seen: unknown[] = [];
      const stop = other.watch((...change) => seen.push(change));
      const [first, second] = [await claim(one, 'Alice'), await claim(other, 'alice')];
      await one.release(first.session);
      await other.release(second.session);
      await until('all is told', () => seen.length === 2);
      assert.deepEqual(seen, [
        ['alice', 'Alice', true],
        ['alice', 'Alice', false],
      ]);
      stop();
      await claim(one, 'bob');
      assert.equal(seen.length, 2);
    });

    describe('with people who call each other', () => {
      let alice: Held;
      let bobs: [Held, Held];
      let call: CallRecord;

      beforeEach(async () => {
        alice = await claim(one, 'alice');
        bobs = [await claim(other, 'bob'), await claim(one, 'bob')];
        const callees = bobs.map(({ session }) => session);
        call = { id: '1', kind: 'video', caller: alice.session, callees, accepted: false };
        assert.equal(await one.addCall(call), true);
      });

      const ids = (calls: CallRecord[] | undefined) => calls?.map(({ id }) => id);
      const candidate = (text: string): ServerMessage => ({
        type: 'candidate',
        name: 'alice',
        candidate: { candidate: text },
      });

      it('knows a call by its id, once, and by its ends', async () => {
        const carol = await claim(other, 'carol');
        const stranger = { ...call, caller: carol.session, callees: [bobs[0].session] };
        assert.equal(await other.addCall(stranger), false);
        assert.equal((await other.findCall('1'))?.caller.id, alice.session.id);
        assert.equal(await other.findCall('2'), undefined);
        for (const { session } of [alice, ...bobs]) {
          assert.deepEqual(ids(await one.callsOf(session)), ['1']);
          assert.deepEqual(ids(await other.callsOf(session)), ['1']);
        }
        assert.deepEqual(await other.callsOf(carol.session), []);
      });

      it('is accepted by one callee, with the messages kept, in order', async () => {
        for (const text of ['a', 'b']) {
          assert.equal(await one.holdCandidate('1', candidate(text)), true);
        }
        const all = await Promise.all([
          other.takeCall('1', bobs[0].session),
          one.takeCall('1', bobs[1].session),
        ]);
        const taken = all.filter((each) => each);
        assert.equal(taken.length, 1);
        const [winner, loser] = all[0] ? bobs : [bobs[1], bobs[0]];
        assert.deepEqual(taken[0]!.others, [loser.session]);
        assert.deepEqual(taken[0]!.held, [candidate('a'), candidate('b')]);
        assert.equal(await one.holdCandidate('1', candidate('c')), false);
        for (const directory of [one, other]) {
          await until('it is taken', async () => (await directory.findCall('1'))?.accepted);
          assert.deepEqual((await directory.findCall('1'))?.callees, [winner.session]);
          assert.deepEqual(await directory.callsOf(loser.session), []);
        }
      });

      it('goes on ringing when one callee quits', async () => {
        assert.equal(await one.quitCall('1', bobs[1].session), true);
        assert.equal(await other.quitCall('1', bobs[0].session), false);
        assert.deepEqual(ids(await other.callsOf(bobs[0].session)), ['1']);
        assert.deepEqual(await other.callsOf(bobs[1].session), []);
      });

      it('is over, and remembered by its ends if it reached anybody', async () => {
        await other.removeCall('1');
        await until('it is over', async () => !(await one.findCall('1')));
        assert.deepEqual(await one.callsOf(alice.session), []);
        assert.equal(await one.wasCall('1', 'bob', 'alice'), true);
        assert.equal(await other.wasCall('1', 'alice', 'bob'), true);
        assert.equal(await one.wasCall('1', 'bob', 'nobody'), false);
        await one.addCall({ ...call, id: '2' });
        await one.removeCall('2', false);
        assert.equal(await other.wasCall('2', 'alice', 'bob'), false);
        assert.equal(await other.addCall(call), true);
        assert.equal(await one.wasCall('1', 'alice', 'bob'), false);
      });

      it('is over with the session of its caller, and with the last that it rings for', async () => {
        await one.addCall({ ...call, id: '2', caller: bobs[1].session, callees: [alice.session] });
        assert.deepEqual(ids(await one.release(bobs[1].session)), ['2']);
        assert.deepEqual(ids(await other.callsOf(bobs[0].session)), ['1']);
        await other.detach(bobs[0].session, 0);
        assert.deepEqual(ids(await one.expire(bobs[0].session)), ['1']);
        await until('nothing is left', async () => !(await one.callsOf(alice.session)).length);
      });

      it('goes with a session to where it is taken over', async () => {
        const again = await claim(other, 'alice', { resume: alice.resume });
        assert.deepEqual(ids(await other.callsOf(again.session)), ['1']);
        assert.ok(await other.takeCall('1', bobs[0].session));
        assert.equal((await other.findCall('1'))?.accepted, true);
      });
    });

    it('hands each end the announcement of the other only, from any process', async () => {
      const [alice, bob] = [await claim(one, 'alice'), await claim(other, 'bob')];
      const carol = await claim(one, 'carol');
      const half = (held: Held, other: string, caller: boolean) => ({
        id: '1',
        kind: 'chat' as const,
        session: held.session,
        name: other,
        other,
        caller,
        accepted: true,
      });
      const first = half(alice, 'bob', true);
      assert.equal(await one.announceCall(first), undefined);
      assert.equal(await one.announceCall(half(carol, 'alice', false)), undefined);
      assert.equal(await one.retractCall(first), true);
      assert.equal(await one.retractCall(first), false);
      assert.equal(await one.announceCall(first), undefined);
      assert.deepEqual(await other.announceCall(half(bob, 'alice', false)), first);
      assert.equal(await one.retractCall(first), false);
    });
  });
}
