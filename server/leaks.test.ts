import assert from 'node:assert/strict';
import type { Runtime } from 'node:inspector';
import { Session } from 'node:inspector/promises';
import { connect, type Socket } from 'node:net';
import { test } from 'node:test';
import { Client, MemoryDirectory } from 'rtc-widgets/hub';
import { Announcements } from '../src/hub/announcements.js';
import { Rings } from '../src/hub/rings.js';
import { SessionLifetimes } from '../src/hub/session-lifetimes.js';
import { until } from '../test/helpers/e2e/until.js';
import { FakeClock, settled } from '../test/helpers/fake-clock.js';
import { WsClient } from '../test/helpers/ws-client.js';
import { createServer, type RunningServer } from './index.js';
import { Sockets } from './sockets.js';

const signIns = 10_000;
/** Sign-ins before these, so that what the server makes once is there. */
const first = 2000;
const atOnce = 400;

/**
 * Bytes that each sign-in may leave. An entry of a Map with a name for its key takes more than
 * this; what V8 itself keeps does not grow with the sign-ins.
 */
const bytesPerSignIn = 100;

const hello = { version: 1 };

test(`${signIns} sign-ins leave nothing`, async (t) => {
  const clock = new FakeClock();
  const begun = { 'signed-in': 0, 'call-started': 0 } as Record<string, number>;
  const server = await createServer({
    host: '127.0.0.1',
    port: 0,
    clock,
    limits: { connectionsPerAddress: 1000, requestsPerAddress: 1000 },
    observer: ({ type }) => (begun[type] = (begun[type] ?? 0) + 1),
  });
  t.after(() => server.close());
  const inspector = new Session();
  inspector.connect();
  t.after(() => inspector.disconnect());

  const resources = active();
  const timers = clock.waiting;
  const crowd = async (count: number) => {
    const goal = begun['signed-in']! + count;
    while (begun['signed-in']! < goal) {
      await Promise.all(Array.from({ length: atOnce / 2 }, (_, index) => pair(server, index)));
      await until('all connections to be closed', () => active() === resources);
      await settled();
      // Longer than anybody is waited for.
      await clock.advance(60_000);
    }
  };

  await crowd(first);
  const before = await heapUsed(inspector);
  await crowd(signIns);
  const growth = (await heapUsed(inspector)) - before;
  t.diagnostic(JSON.stringify({ ...begun, bytesPerSignIn: growth / signIns }));

  for (const part of [Announcements, Rings, SessionLifetimes, MemoryDirectory, Sockets]) {
    assert.deepEqual(await held(inspector, part), {}, part.name);
  }
  assert.equal((await instances(inspector, Client)).length, 0, 'clients');
  assert.equal(clock.waiting, timers, 'timers of the hub');
  assert.equal(active(), resources);
  assert.equal(begun.fault, undefined);
  assert.ok(growth <= signIns * bytesPerSignIn, `${growth} bytes more`);
});

let names = 0;

/** Two people sign in, have to do with each other, and go, in one of the ways that there are. */
async function pair(server: RunningServer, index: number): Promise<void> {
  const kit = index % 5 > 0;
  const [alice, bob] = await Promise.all([signIn(server, kit), signIn(server, kit)]);
  if (kit) await haveACall(alice, bob, index % 6);
  else {
    alice.client.send({ type: 'offer', name: bob.name, offer: { type: 'offer', sdp: '' } });
    await bob.client.next();
  }
  await Promise.all([go(alice, index % 4), go(bob, (index >> 2) % 4)]);
  // Goes on with the session that was lost, and signs out.
  if (kit && index % 4 === 2) await go(await signIn(server, kit, alice), 0);
}

interface Person {
  name: string;
  client: WsClient;
  socket: Socket;
  resume: unknown;
}

async function signIn(
  { url, port }: RunningServer,
  kit: boolean,
  { name, resume }: Partial<Person> = {},
): Promise<Person> {
  name ??= `person-${++names}`;
  const socket = connect(port, '127.0.0.1');
  const client = await WsClient.connect(url, { createConnection: () => socket });
  const answer = await client.ask({ type: 'login', name, ...(kit && { hello, resume }) });
  assert.equal(answer.success, true);
  if (resume) assert.equal(answer.resumed, true);
  if (kit) await client.ask({ type: 'watch', on: true });
  return { name, client, socket, resume: answer.resume };
}

/** From nothing at all to a call that was ended, or that no one else knows of. */
async function haveACall(alice: Person, bob: Person, course: number): Promise<void> {
  const call = alice.name;
  const toBob = { name: bob.name, call };
  const toAlice = { name: alice.name, call };
  if (course === 0) return;
  if (course === 1) {
    alice.client.send({ type: 'announce', ...toBob, kind: 'voice', caller: true, accepted: true });
    return;
  }
  alice.client.send({ type: 'call', ...toBob, kind: 'voice' });
  alice.client.send({ type: 'candidate', ...toBob, candidate: { candidate: '' } });
  await comes(bob, 'call');
  if (course === 2) return;
  if (course === 3) {
    bob.client.send({ type: 'decline', ...toAlice });
    return comes(alice, 'decline');
  }
  bob.client.send({ type: 'accept', ...toAlice });
  await comes(alice, 'accept');
  if (course === 4) return;
  alice.client.send({ type: 'leave', ...toBob });
  await comes(bob, 'leave');
}

/** Waits for a message of this type, past who comes and goes. */
async function comes({ client }: Person, type: string): Promise<void> {
  while ((await client.next()).type !== type);
}

/** Signs out, closes the page, loses the connection, or is cut off. */
async function go({ client, socket }: Person, way: number): Promise<void> {
  if (way === 0) client.socket.close(1000);
  else if (way === 1) client.socket.close(1001);
  else if (way === 2) client.socket.terminate();
  else socket.resetAndDestroy();
  await client.closed;
}

/** The resources that keep this process alive, by kind, but for the test's own timers. */
const active = () =>
  process
    .getActiveResourcesInfo()
    .filter((kind) => /TCP|HTTP/.test(kind))
    .sort()
    .join();

/** Bytes in use once collecting frees no more: the first round only begins with much of it. */
async function heapUsed(inspector: Session): Promise<number> {
  let used = Infinity;
  for (let before = Infinity; used < before || before === Infinity;) {
    before = used;
    await inspector.post('HeapProfiler.collectGarbage');
    await settled();
    used = process.memoryUsage().heapUsed;
  }
  return used;
}

type Class = abstract new (...rest: never[]) => object;

/** The objects of a class that the garbage collector finds in use, by their ids. */
async function instances(inspector: Session, { prototype }: Class): Promise<string[]> {
  Object.assign(globalThis, { prototype });
  const { result } = await inspector.post('Runtime.evaluate', { expression: 'prototype' });
  Reflect.deleteProperty(globalThis, 'prototype');
  const { objects } = await inspector.post('Runtime.queryObjects', {
    prototypeObjectId: result.objectId!,
  });
  const { result: all } = await inspector.post('Runtime.getProperties', {
    objectId: objects.objectId!,
    ownProperties: true,
  });
  return all.flatMap(({ name, value }) => (/^\d+$/.test(name) ? value!.objectId! : []));
}

/** How much is in the Maps and Sets that the only object of a class keeps in private fields. */
async function held(inspector: Session, of: Class): Promise<Record<string, number>> {
  const [objectId, ...others] = await instances(inspector, of);
  assert.equal(others.length, 0);
  const found = await inspector.post('Runtime.getProperties', {
    objectId: objectId!,
    ownProperties: true,
  });
  // Missing in the types, like much of what is not yet settled.
  const { privateProperties } = found as unknown as {
    privateProperties: Runtime.PropertyDescriptor[];
  };
  const sizes = privateProperties.flatMap(({ name, value }): [string, number][] => {
    const [, size] = /^(?:Map|Set)\((\d+)\)$/.exec(value?.description ?? '') ?? [];
    return size === undefined ? [] : [[name, Number(size)]];
  });
  assert.ok(sizes.length, `no Map or Set in ${of.name}`);
  return Object.fromEntries(sizes.filter(([, size]) => size > 0));
}
