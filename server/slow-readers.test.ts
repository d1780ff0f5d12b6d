import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { FakeClock, settled } from '../test/helpers/fake-clock.js';
import { WsClient } from '../test/helpers/ws-client.js';
import { createServer, type RunningServer } from './index.js';

const hello = { version: 1 };
const text = 'x'.repeat(50_000);

let clock: FakeClock;
let server: RunningServer;
let open: WsClient[];

beforeEach(() => {
  clock = new FakeClock();
  open = [];
});
afterEach(async () => {
  for (const { socket } of open) socket.terminate();
  await server.close();
});

async function connect(): Promise<WsClient> {
  const client = await WsClient.connect(server.url);
  open.push(client);
  return client;
}

async function signedIn(name: string) {
  const client = await connect();
  const { resume } = await client.ask({ type: 'login', name, hello });
  return { client, resume };
}

describe('a client that resumes with more waiting messages than its backlog allows', () => {
  it('gets the answer to its login, and then all that waited', async () => {
    server = await createServer({
      host: '127.0.0.1',
      port: 0,
      clock,
      hub: { kept: { each: 1e9, all: 1e9 } },
      limits: { maxBuffered: 100_000, framesPerSecond: 1e6, bytesPerSecond: 1e9 },
    });
    const { client: alice } = await signedIn('alice');
    const { client: bob, resume } = await signedIn('bob');
    alice.send({ type: 'call', name: 'bob', call: '1', kind: 'chat' });
    await bob.next();
    bob.send({ type: 'accept', name: 'alice', call: '1' });
    await alice.next();
    await alice.next();
    bob.socket.terminate();
    await bob.closed;
    const count = 200;
    for (let seq = 1; seq <= count; seq++) {
      const offer = { type: 'offer', sdp: text };
      alice.send({ type: 'offer', name: 'bob', call: '1', offer, link: 'a', seq, after: seq - 1 });
    }
    assert.equal((await alice.ask({ type: 'beat' })).type, 'beat');

    const back = await connect();
    back.send({ type: 'login', name: 'bob', hello, resume });
    back.socket.pause();
    await alice.ask({ type: 'beat' });
    back.socket.resume();
    assert.equal((await back.next()).type, 'login');
    // The first few may have gone to the connection that had just broken off.
    const { seq: first } = (await back.next()) as { seq: number };
    assert.ok(first < count / 2, `${first}`);
    for (let seq = first + 1; seq <= count; seq++) assert.equal((await back.next()).seq, seq);
  });
});

describe('clients that do not read', () => {
  it('are cut, the slowest first, when more waits for all of them than may', async () => {
    server = await createServer({
      host: '127.0.0.1',
      port: 0,
      clock,
      limits: {
        maxBuffered: 1e9,
        bufferedInAll: 3_000_000,
        framesPerSecond: 1e6,
        bytesPerSecond: 1e9,
      },
    });
    const alice = await WsClient.signedIn(server.url, 'alice');
    open.push(alice);
    const names = ['one', 'two', 'three'];
    const readers = await Promise.all(names.map((name) => WsClient.signedIn(server.url, name)));
    open.push(...readers);
    const cut: string[] = [];
    readers.forEach(({ socket, closed }, index) => {
      socket.pause();
      void closed.then(() => cut.push(names[index]!));
    });
    const refused: unknown[] = [];
    alice.socket.on('message', (data: Buffer) => {
      refused.push((JSON.parse(data.toString()) as { code: string }).code);
    });
    // How much the network takes before anything waits is for each machine to say.
    while (!refused.length) {
      for (const name of ['one', 'one', 'two', 'three']) {
        const offer = { type: 'offer', sdp: text };
        alice.send({ type: 'offer', name, offer });
      }
      await settled();
    }
    assert.deepEqual([...new Set(refused)], ['not-online']);
    assert.deepEqual(await WsClient.signedIn(server.url, 'one').then(() => 'free'), 'free');
  });
});
