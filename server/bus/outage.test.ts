import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { until } from '../../test/helpers/e2e/until.js';
import { HubClient, basicClient, kitClient, type Json } from '../../test/helpers/hub-client.js';
import { startRedis, type OwnRedis } from '../../test/helpers/redis.js';
import { CloseCode, Hub, type HubEvent } from 'rtc-widgets/hub';
import { connectRedis } from '../redis.js';
import { callsAt } from './keys.js';
import { FailoverDirectory } from './failover-directory.js';
import type { BusSettings } from './settings.js';

const bus = { beat: 50, deadAfter: 400, patience: 1000, retry: 20, grace: 200 };
const hello = { version: 1 };
const lost = 1006;

/** A server process, as far as its hub goes. */
interface Machine {
  hub: Hub;
  directory: FailoverDirectory;
  events: HubEvent[];
}

let redis: OwnRedis;
let machines: Machine[];

async function machine(changed: Partial<BusSettings> = {}): Promise<Machine> {
  const events: HubEvent[] = [];
  const settings = { resumeWindow: 600, pageGone: 300 };
  const options = { hub: settings, observer: (event: HubEvent) => void events.push(event) };
  const directory = await FailoverDirectory.connect({
    url: redis.url,
    bus: { ...bus, ...changed },
    ...options,
  });
  const hub = new Hub({ settings, directory, observer: options.observer });
  const made = { hub, directory, events };
  machines.push(made);
  return made;
}

async function start(lasting: boolean): Promise<[Machine, Machine]> {
  redis = await startRedis({ lasting });
  return [await machine(), await machine()];
}

/** A message of a type has come; it and what came before it are taken. */
async function heard(client: HubClient, type: string): Promise<Json> {
  return until(`a message of type ${type}`, () => {
    const found = client.inbox.findIndex((message) => message.type === type);
    return found >= 0 && client.inbox.splice(0, found + 1).at(-1);
  });
}

const degraded = (all: Machine[]) =>
  until('it is noticed', () => all.every(({ directory }) => directory.degraded));
const recovered = (all: Machine[]) =>
  until('it is over', () => all.every(({ directory }) => !directory.degraded));
/** Alice, at one, rings Bob, at the other; then Redis goes. */
async function ringWithoutRedis(one: Machine, other: Machine) {
  const alice = await kitClient(one.hub, 'alice');
  const bob = await kitClient(other.hub, 'bob');
  await alice.send({ type: 'call', name: 'bob', call: '1', kind: 'chat' });
  await heard(bob, 'call');
  await redis.kill();
  await degraded([one, other]);
  return [alice, bob] as const;
}

const types = ({ events }: Machine) => events.map(({ type }) => type);

beforeEach(() => void (machines = []));
afterEach(async () => {
  for (const { hub, directory, events } of machines) {
    hub.close();
    await directory.close();
    assert.deepEqual(
      events.filter(({ type }) => type === 'fault'),
      [],
    );
  }
  await redis.stop();
});

describe('while Redis is there', () => {
  it('operators hear how long it takes to answer', async () => {
    const [one] = await start(false);
    const delays = await until('it was measured', () => {
      const found = one.events.flatMap((event) => (event.type === 'bus-delay' ? event.delay : []));
      return found.length > 1 && found;
    });
    assert.ok(delays.every((delay) => delay > 0 && delay < bus.patience));
  });
});

describe('while Redis is away', () => {
  it('calls at one server go on, others wait, and nobody new signs in', async () => {
    const [one, other] = await start(true);
    const alice = await kitClient(one.hub, 'alice');
    const bob = await kitClient(one.hub, 'bob');
    const carol = await kitClient(other.hub, 'carol');
    await redis.kill();
    await degraded([one, other]);
    assert.ok(types(one).includes('degraded'));

    await alice.send({ type: 'call', name: 'bob', call: '1', kind: 'chat' });
    await bob.send({ type: 'accept', name: 'alice', call: '1' });
    await alice.send({ type: 'candidate', name: 'bob', call: '1', candidate: null });
    assert.deepEqual(
      bob.take().map(({ type }) => type),
      ['call', 'candidate'],
    );

    alice.take();
    const order = { link: 'link', seq: 1, after: 0 };
    await alice.send({ type: 'call', name: 'carol', call: '2', kind: 'chat', ...order });
    assert.deepEqual(alice.take(), []);
    await alice.send({ type: 'call', name: 'carol', call: '2', kind: 'chat' });
    assert.equal(alice.takeOne().code, 'unavailable');
    assert.deepEqual(carol.take(), []);

    const kit = new HubClient(one.hub);
    await kit.send({ type: 'login', name: 'dave', hello });
    assert.equal(kit.closedWith, CloseCode.tryAgain);
    const course = new HubClient(one.hub);
    await course.send({ type: 'login', name: 'dave' });
    assert.equal(course.takeOne().code, 'unavailable');

    // A client of this server comes back to it.
    await bob.close(lost);
    const again = new HubClient(one.hub);
    await again.send({ type: 'login', name: 'bob', hello, resume: bob.resume });
    assert.equal(again.takeOne().resumed, true);

    await redis.restart();
    await recovered([one, other]);
    await alice.send({ type: 'call', name: 'carol', call: '2', kind: 'chat', ...order });
    await heard(carol, 'call');
    // Changes made here meanwhile are known everywhere.
    assert.equal((await other.directory.findCall('1'))?.accepted, true);
    const elsewhere = new HubClient(other.hub);
    await again.close(lost);
    const token = again.inbox.find(({ type }) => type === 'login')?.resume;
    assert.equal(token, undefined);
    await elsewhere.send({ type: 'login', name: 'bob', hello, resume: bob.resume });
    assert.equal((await heard(elsewhere, 'login')).resumed, true);
  });

  it('a call that is taken meanwhile is taken everywhere', async () => {
    const [one, other] = await start(true);
    const [alice, bob] = await ringWithoutRedis(one, other);
    const order = { link: 'link', seq: 1, after: 0 };
    await bob.send({ type: 'accept', name: 'alice', call: '1', ...order });
    await redis.restart();
    await recovered([one, other]);
    await bob.send({ type: 'accept', name: 'alice', call: '1', ...order });
    await heard(alice, 'accept');
    for (const { directory } of [one, other]) {
      await until('both know it', async () => (await directory.findCall('1'))?.accepted);
    }
  });

  it('a call that is taken here and given up there is over', async () => {
    const [one, other] = await start(true);
    const [alice, bob] = await ringWithoutRedis(one, other);
    const order = { link: 'link', seq: 1, after: 0 };
    await bob.send({ type: 'accept', name: 'alice', call: '1', ...order });
    await alice.send({ type: 'cancel', name: 'bob', call: '1', ...order });
    await redis.restart();
    await recovered([one, other]);
    // The message has reached no one, so it is sent again.
    await alice.send({ type: 'cancel', name: 'bob', call: '1', ...order });
    await until('bob hears of it', () =>
      bob.inbox.some(({ type }) => type === 'cancel' || type === 'leave'),
    );
    for (const { directory } of [one, other]) {
      await until('nobody knows it', async () => !(await directory.findCall('1')));
    }
  });

  it('keeps a person who comes back at the moment of the outage', async (test) => {
    const [one, other] = await start(true);
    const alice = await kitClient(one.hub, 'alice');
    const [session] = await one.directory.locate('alice');
    const connection = await connectRedis(redis.url, { onError: () => {} });
    test.after(() => connection.destroy());
    // The session can be taken over, but its calls cannot be read.
    const calls = callsAt(session!.key, session!.id);
    await connection.set(calls, '');
    const again = new HubClient(other.hub);
    await again.send({ type: 'login', name: 'alice', hello, resume: alice.resume });
    assert.equal((await heard(again, 'login')).resumed, true);
    assert.equal(other.directory.degraded, true);
    await connection.del(calls);
    await recovered([one, other]);
    assert.equal(again.closedWith, undefined);
  });

  it('counts a Redis that does not answer as away', async () => {
    const [one, other] = await start(true);
    const alice = await kitClient(one.hub, 'alice');
    const bob = await kitClient(other.hub, 'bob');
    redis.freeze();
    await degraded([one, other]);
    redis.thaw();
    await recovered([one, other]);
    await alice.send({ type: 'call', name: 'bob', call: '1', kind: 'chat' });
    await heard(bob, 'call');
  });

  it('drops people who left during the outage, and tells their partners', async () => {
    const [one, other] = await start(true);
    const [alice, bob] = await ringWithoutRedis(one, other);
    await alice.close(CloseCode.normal);
    await redis.restart();
    await recovered([one, other]);
    assert.equal((await heard(bob, 'leave')).reason, 'gone');
    await until('the name is free', async () => !(await other.directory.locate('alice')).length);
    assert.equal(await other.directory.findCall('1'), undefined);
  });
});

describe('when Redis has lost its data', () => {
  it('live sessions have their names and calls again, and the epoch is another', async () => {
    const [one, other] = await start(false);
    const alice = await kitClient(one.hub, 'alice');
    const bob = await kitClient(other.hub, 'bob');
    await bob.send({ type: 'watch', on: true });
    await alice.send({ type: 'call', name: 'bob', call: '1', kind: 'chat' });
    await bob.send({ type: 'accept', name: 'alice', call: '1' });
    await heard(alice, 'accept');
    bob.take();
    const { epoch } = one.directory;
    await redis.restart();
    await until('both know it', () =>
      [one, other].every((each) => types(each).includes('recovered')),
    );
    assert.notEqual(one.directory.epoch, epoch);
    assert.equal(other.directory.epoch, one.directory.epoch);
    assert.ok(one.events.some((event) => event.type === 'recovered' && event.lostData));

    const thief = new HubClient(other.hub);
    await thief.send({ type: 'login', name: 'alice', hello });
    assert.equal(thief.takeOne().code, 'name-taken');
    await alice.send({ type: 'candidate', name: 'bob', call: '1', candidate: null });
    await heard(bob, 'candidate');
    const again = new HubClient(other.hub);
    await again.send({ type: 'login', name: 'alice', hello, resume: alice.resume });
    assert.equal(again.take()[0]?.resumed, true);
    await until('the first is told', () => alice.closedWith === CloseCode.takenOver);
    assert.deepEqual(
      bob.take().filter(({ type }) => type === 'presence'),
      [],
    );
  });

  it('leaves a name to its first holder, and tells the other', async () => {
    redis = await startRedis();
    const slow = await machine({ retry: 2_000 });
    const alice = await kitClient(slow.hub, 'alice');
    await redis.kill();
    await degraded([slow]);
    await redis.restart();
    const quick = await machine();
    const stranger = await kitClient(quick.hub, 'alice');
    await recovered([slow]);
    assert.equal(alice.takeOne().code, 'name-taken');
    assert.equal(alice.closedWith, CloseCode.nameLost);
    assert.equal(stranger.closedWith, undefined);
    for (const { directory } of [slow, quick]) {
      assert.equal((await directory.locate('alice')).length, 1);
    }
  });
});

describe('a process that dies', () => {
  /** Its connections break off, and it says nothing any more. */
  const die = async ({ directory }: Machine) => {
    const client = await connectRedis(redis.url, { onError: () => {} });
    const before = (await client.sendCommand(['ZRANGE', 'rtc:processes', '0', '-1'])) as string[];
    await directory.close();
    for (const process of before)
      await client.sendCommand(['ZADD', 'rtc:processes', 'NX', '1', process]);
    client.destroy();
  };

  it('leaves sessions that wait for their clients, who come back elsewhere', async () => {
    const [one, other] = await start(false);
    const alice = await kitClient(one.hub, 'alice');
    const bob = await kitClient(other.hub, 'bob');
    await alice.send({ type: 'call', name: 'bob', call: '1', kind: 'chat' });
    await heard(bob, 'call');
    await die(one);
    await bob.send({ type: 'accept', name: 'alice', call: '1' });
    const again = new HubClient(other.hub);
    await again.send({ type: 'login', name: 'alice', hello, resume: alice.resume });
    assert.deepEqual(
      again.take().map(({ type }) => type),
      ['login', 'accept'],
    );
    await heard(bob, 'back');
  });

  it('drops sessions that do not come back, and basic clients at once', async () => {
    const [one, other] = await start(false);
    const alice = await kitClient(one.hub, 'alice');
    const carol = await basicClient(one.hub, 'carol');
    const bob = await kitClient(other.hub, 'bob');
    await bob.send({ type: 'watch', on: true });
    await alice.send({ type: 'call', name: 'bob', call: '1', kind: 'chat' });
    await heard(bob, 'call');
    await bob.send({
      type: 'call',
      name: 'carol',
      call: '2',
      kind: 'chat',
      offer: { type: 'offer', sdp: '' },
    });
    await heard(carol, 'offer');
    await die(one);
    const ends = [await heard(bob, 'leave'), await heard(bob, 'leave')];
    assert.deepEqual(
      ends.map(({ name, reason }) => [name, reason]),
      [
        ['carol', 'gone'],
        ['alice', 'gone'],
      ],
    );
    await until(
      'both names are free',
      async () => [...(await other.directory.online())].length === 1,
    );
    await basicClient(other.hub, 'alice');
  });
});

it('signing out ends a session everywhere, and its token', async () => {
  const [one, other] = await start(false);
  const alice = await kitClient(one.hub, 'alice');
  await alice.close(CloseCode.normal);
  const again = new HubClient(other.hub);
  await again.send({ type: 'login', name: 'alice', hello, resume: alice.resume });
  assert.equal(again.takeOne().resumed, false);
});
