import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { Agent, get, type AgentOptions, type IncomingMessage } from 'node:http';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { FakeClock } from '../test/helpers/fake-clock.js';
import { WsClient } from '../test/helpers/ws-client.js';
import { createServer, type ServerEvent, type ServerOptions } from './index.js';

/** A server for as long as the test runs, its clock, and what happens in it. */
async function start(t: TestContext, options: ServerOptions) {
  const clock = new FakeClock();
  const events: ServerEvent[] = [];
  const observer = (event: ServerEvent) => void events.push(event);
  const server = await createServer({ host: '127.0.0.1', port: 0, clock, observer, ...options });
  t.after(() => server.close());
  return { server, clock, events, url: server.url, port: server.port };
}

/** The error that a client gets before it is closed, and the code of that. */
async function ended(client: WsClient): Promise<[unknown, number]> {
  const { type, code } = await client.next();
  assert.equal(type, 'error');
  return [code, await client.closed];
}

const kitLogin = (name: string) => ({ type: 'login', name, hello: { version: 1 } });

describe('frames a second', () => {
  it('are counted over five seconds: an excess closes only its connection', async (t) => {
    const { url, clock, events } = await start(t, { limits: { framesPerSecond: 2 } });
    const alice = await WsClient.signedIn(url, 'alice');
    const bob = await WsClient.signedIn(url, 'bob');
    for (let count = 1; count < 10; count++) {
      assert.equal((await alice.ask({ type: 'beat' })).type, 'beat');
    }
    await clock.advance(500);
    assert.equal((await alice.ask({ type: 'beat' })).type, 'beat');
    alice.send({ type: 'beat' });
    assert.deepEqual(await ended(alice), ['too-many-frames', 1008]);
    assert.equal((await bob.ask({ type: 'beat' })).type, 'beat');
    assert.deepEqual(events.at(-2), {
      type: 'limit-exceeded',
      code: 'too-many-frames',
      name: 'alice',
    });
    bob.socket.terminate();
  });

  it('count pings and binary frames, too', async (t) => {
    const { url } = await start(t, { limits: { framesPerSecond: 2 } });
    for (const send of [
      ({ socket }: WsClient) => socket.ping(),
      ({ socket }: WsClient) => socket.send(Buffer.alloc(1)),
    ]) {
      const client = await WsClient.connect(url);
      for (let count = 0; count < 40; count++) send(client);
      assert.equal(await client.closed, 1008);
    }
  });

  it('count pongs that nobody asked for, and no answer to a ping', async (t) => {
    const { url, clock } = await start(t, { limits: { framesPerSecond: 2 } });
    const alice = await WsClient.signedIn(url, 'alice');
    for (let beat = 0; beat < 5; beat++) {
      const pinged = once(alice.socket, 'ping');
      await clock.advance(30_000);
      await pinged;
      // With the beat, and without the answer to that ping, the ten that five seconds have.
      for (let count = 0; count < 9; count++) alice.socket.pong();
      assert.equal((await alice.ask({ type: 'beat' })).type, 'beat');
    }
    alice.socket.pong();
    assert.deepEqual(await ended(alice), ['too-many-frames', 1008]);
  });
});

describe('bytes a second', () => {
  it('are counted over five seconds, also those of frames that never end', async (t) => {
    const { url, clock, events } = await start(t, { limits: { bytesPerSecond: 20_000 } });
    const [alice, bob] = [
      await WsClient.signedIn(url, 'alice'),
      await WsClient.signedIn(url, 'bob'),
    ];
    alice.socket.send('x'.repeat(60_000), { fin: false });
    alice.socket.ping();
    await once(alice.socket, 'pong');
    await clock.advance(2_000);
    alice.socket.send('x'.repeat(60_000), { fin: false });
    alice.socket.ping();
    await once(alice.socket, 'pong');
    alice.socket.send('x'.repeat(60_000), { fin: false });
    assert.deepEqual(await ended(alice), ['too-many-bytes', 1008]);
    const [exceeded] = events.filter(({ type }) => type === 'limit-exceeded');
    assert.deepEqual(exceeded, { type: 'limit-exceeded', code: 'too-many-bytes', name: 'alice' });
    assert.equal((await bob.ask({ type: 'beat' })).type, 'beat');
    bob.socket.terminate();
  });

  it('leave room to answer a frame that is too large', async (t) => {
    const { url } = await start(t, {});
    const alice = await WsClient.signedIn(url, 'alice');
    assert.equal((await alice.ask('x'.repeat(131_072))).code, 'frame-too-large');
    alice.send('x'.repeat(131_073));
    assert.equal(await alice.closed, 1009);
  });

  it('come in at most 1024 fragments per frame, and any excess is logged', async (t) => {
    const { url, events } = await start(t, {});
    const alice = await WsClient.signedIn(url, 'alice');
    for (let count = 0; count < 1024; count++) alice.socket.send('', { fin: false });
    alice.socket.send('{"type":"beat"}', { fin: true });
    assert.equal(await alice.closed, 1008);
    assert.equal(events.filter(({ type }) => type === 'limit-exceeded').length, 1);
    const bob = await WsClient.signedIn(url, 'bob');
    for (let count = 0; count < 1023; count++) bob.socket.send('', { fin: false });
    bob.socket.send('{"type":"beat"}', { fin: true });
    assert.equal((await bob.next()).type, 'beat');
    bob.socket.terminate();
  });
});

describe('connections', () => {
  it('are limited per address: an excess connection is told, and closed with 1013', async (t) => {
    const { url, events } = await start(t, { limits: { connectionsPerAddress: 2 } });
    const [one, two] = [await WsClient.connect(url), await WsClient.connect(url)];
    assert.deepEqual(await ended(await WsClient.connect(url)), ['too-many-connections', 1013]);
    assert.deepEqual(events, [{ type: 'turned-away', reason: 'too-many-connections-of-address' }]);
    await one.close();
    const three = await WsClient.signedIn(url, 'three');
    for (const { socket } of [two, three]) socket.terminate();
  });

  it('are counted by the address that a trusted proxy reports', async (t) => {
    const { url } = await start(t, {
      limits: { connectionsPerAddress: 1 },
      trustProxy: ['127.0.0.1'],
    });
    const from = (address: string) => ({ headers: { 'x-forwarded-for': `1.1.1.1, ${address}` } });
    const clients = [
      await WsClient.signedIn(url, 'one', from('198.51.100.1')),
      await WsClient.signedIn(url, 'two', from('198.51.100.2')),
      await WsClient.signedIn(url, 'three', from('2001:db8:0:1::1')),
      await WsClient.signedIn(url, 'four', from('2001:db8:0:2::1')),
    ];
    for (const address of ['198.51.100.1', '2001:db8:0:1::2']) {
      const client = await WsClient.connect(url, from(address));
      assert.deepEqual(await ended(client), ['too-many-connections', 1013]);
    }
    for (const { socket } of clients) socket.terminate();
  });

  it('are limited in all, and a client that ignores the limit is cut', async (t) => {
    const { url, clock } = await start(t, { limits: { connections: 1 } });
    const alice = await WsClient.signedIn(url, 'alice');
    const deaf = await WsClient.connect(url);
    deaf.socket.pause();
    await clock.advance(250);
    deaf.socket.resume();
    assert.deepEqual(await ended(deaf), ['too-many-connections', 1013]);
    assert.equal((await alice.ask({ type: 'beat' })).type, 'beat');
    alice.socket.terminate();
  });
});

describe('an origin that may not connect', () => {
  it('is refused, and reported', async (t) => {
    const { url, events } = await start(t, { origins: ['https://talk.example.org'] });
    const origin = 'https://talk.example.org.evil.example';
    const refused = WsClient.connect(url, { origin });
    await assert.rejects(refused, /403/);
    assert.deepEqual(events, [{ type: 'turned-away', reason: 'origin-not-allowed', origin }]);
    const alice = await WsClient.signedIn(url, 'alice', { origin: 'https://talk.example.org' });
    alice.socket.terminate();
  });
});

describe('a client that does not sign in', () => {
  it('is told and closed after a while, unlike a signed-in client', async (t) => {
    const { url, clock } = await start(t, {});
    const silent = await WsClient.connect(url);
    const alice = await WsClient.signedIn(url, 'alice');
    await clock.advance(9_999);
    assert.equal((await silent.ask({ type: 'beat' })).code, 'not-authenticated');
    await clock.advance(1);
    assert.deepEqual(await ended(silent), ['sign-in-timeout', 1008]);
    assert.equal((await alice.ask({ type: 'beat' })).type, 'beat');
    alice.socket.terminate();
  });

  it('has a limited number of attempts per connection', async (t) => {
    const { url } = await start(t, { hub: { signIns: 3 } });
    const alice = await WsClient.signedIn(url, 'alice');
    const guest = await WsClient.connect(url);
    for (let attempt = 0; attempt < 3; attempt++) {
      assert.equal((await guest.ask({ type: 'login', name: 'alice' })).code, 'name-taken');
    }
    guest.send({ type: 'login', name: 'guest' });
    assert.deepEqual(await ended(guest), ['too-many-sign-ins', 1008]);
    const another = await WsClient.signedIn(url, 'guest');
    for (const { socket } of [alice, another]) socket.terminate();
  });
});

describe('a client that sends nothing', () => {
  it('is told and closed after a while, and its kit session waits for it', async (t) => {
    const { url, clock } = await start(t, { heartbeat: 3000, limits: { idle: 3000 } });
    const busy = await WsClient.signedIn(url, 'busy');
    const idle = await WsClient.connect(url);
    const { resume } = await idle.ask(kitLogin('idle'));
    await clock.advance(1500);
    await busy.ask({ type: 'beat' });
    await clock.advance(1500);
    assert.deepEqual(await ended(idle), ['idle', 1008]);
    assert.equal((await busy.ask({ type: 'beat' })).type, 'beat');
    const back = await WsClient.connect(url);
    assert.equal((await back.ask({ ...kitLogin('idle'), resume })).resumed, true);
    for (const { socket } of [busy, back]) socket.terminate();
  });
});

describe('a roster', () => {
  it('lists a limited number of people, and says that there are more', async (t) => {
    const { url } = await start(t, { hub: { rosterSize: 2 } });
    const people = [];
    for (const name of ['a', 'b', 'c']) people.push(await WsClient.signedIn(url, name));
    const alice = await WsClient.signedIn(url, 'alice');
    const { names, more } = await alice.ask({ type: 'watch', on: true });
    assert.deepEqual([names, more], [['a', 'b'], false]);
    assert.equal((await alice.next()).code, 'roster-cut');
    await people.pop()!.close();
    assert.equal((await alice.ask({ type: 'beat' })).type, 'beat');
    for (const { socket } of [...people, alice]) socket.terminate();
  });
});

describe('a frame', () => {
  it('may have as many bytes as the limit says', async (t) => {
    const { url } = await start(t, { hub: { frameBytes: 200 } });
    const alice = await WsClient.signedIn(url, 'alice');
    alice.send({ type: 'offer', name: 'alice', offer: 'x'.repeat(100) });
    assert.equal((await alice.next()).type, 'offer');
    const { code, message } = await alice.ask({ type: 'offer', name: 'a', offer: 'ü'.repeat(100) });
    assert.deepEqual([code, message], ['frame-too-large', 'A frame may hold 200 bytes']);
    alice.send('x'.repeat(401));
    assert.equal(await alice.closed, 1009);
  });
});

interface Slow {
  socket: Socket;
  closed: Promise<unknown>;
}

describe('slow requests', () => {
  /** A socket that is open, and what becomes of it. */
  async function open(port: number, localAddress = '127.0.0.1'): Promise<Slow> {
    const socket = connect({ port, host: '127.0.0.1', localAddress }).on('error', () => {});
    await once(socket, 'connect');
    return { socket, closed: once(socket.resume(), 'close') };
  }

  it(
    'are cut: before the first byte, in the first line and in the headers',
    { timeout: 20_000 },
    async (t) => {
      const { port, url } = await start(t, { limits: { requestTime: 500 } });
      const beginning =
        'GET / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n';
      const slow = await Promise.all([open(port), open(port), open(port)]);
      slow[1].socket.write('GET');
      slow[2].socket.write(beginning);
      const drip = setInterval(() => slow[2].socket.write('X-Slow: 1\r\n'), 50);
      t.after(() => clearInterval(drip));
      await Promise.all(slow.map(({ closed }) => closed));
      await WsClient.signedIn(url, 'alice').then(({ socket }) => socket.terminate());
    },
  );

  it('are limited in all: an excess request cuts the oldest', async (t) => {
    const { port, url } = await start(t, { limits: { requestsAtOnce: 50 } });
    const alice = await WsClient.signedIn(url, 'alice');
    const slow = [];
    for (let count = 0; count < 51; count++) {
      slow.push(await open(port));
      slow.at(-1)!.socket.write('GET / HTTP/1.1\r\n');
    }
    await slow[0]!.closed;
    // A genuine client is served all the same, and one that is signed in stays.
    const bob = await WsClient.signedIn(url, 'bob');
    await slow[1]!.closed;
    assert.equal((await alice.ask({ type: 'beat' })).type, 'beat');
    for (const { socket } of slow) socket.destroy();
    for (const { socket } of [alice, bob]) socket.terminate();
  });

  it('are limited per address: an excess request cuts the oldest of that address', async (t) => {
    const { port } = await start(t, { limits: { requestsPerAddress: 5 } });
    const other = await open(port, '127.0.0.2');
    const slow = [];
    for (let count = 0; count < 7; count++) slow.push(await open(port, '127.0.0.3'));
    await Promise.all([slow[0]!.closed, slow[1]!.closed]);
    other.socket.write('GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n');
    await once(other.socket, 'data');
    for (const { socket } of [...slow, other]) socket.destroy();
  });

  it('are bounded in all where they come through a trusted proxy', async (t) => {
    const trustProxy = ['127.0.0.1'];
    const limits = { requestsAtOnce: 10, requestsPerAddress: 1 };
    const { port, url } = await start(t, { limits, trustProxy });
    const slow = [];
    for (let count = 0; count < 10; count++) slow.push(await open(port));
    const alice = await WsClient.signedIn(url, 'alice');
    await slow[0]!.closed;
    slow[1]!.socket.write('GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n');
    await once(slow[1]!.socket, 'data');
    for (const { socket } of slow) socket.destroy();
    alice.socket.terminate();
  });

  it('cut no download, neither another’s nor, before their own kind, their own', async (t) => {
    const webRoot = mkdtempSync(join(tmpdir(), 'rtc-widgets-limits-'));
    t.after(() => rmSync(webRoot, { recursive: true }));
    // More than the network takes from who does not read.
    const size = 32 * 1024 * 1024;
    writeFileSync(join(webRoot, 'large.bin'), Buffer.alloc(size));
    const limits = { requestsAtOnce: 20, requestsPerAddress: 10 };
    const { port, url } = await start(t, { webRoot, limits });
    const downloads = await Promise.all(
      ['127.0.0.2', '127.0.0.3'].map(async (localAddress) => {
        const agent = new Agent({ localAddress } as AgentOptions);
        const request = get(`${url}/large.bin`, { agent });
        const [response] = (await once(request, 'response')) as [IncomingMessage];
        return response;
      }),
    );
    const slow = [];
    for (const address of ['127.0.0.3', '127.0.0.4', '127.0.0.5']) {
      for (let count = 0; count < 30; count++) slow.push(await open(port, address));
    }
    for (const response of downloads) {
      let bytes = 0;
      for await (const chunk of response) bytes += (chunk as Buffer).length;
      assert.equal(bytes, size);
    }
    for (const { socket } of slow) socket.destroy();
  });
});
