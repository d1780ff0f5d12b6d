import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { FakeClock, settled } from '../test/helpers/fake-clock.js';
import { WsClient } from '../test/helpers/ws-client.js';
import { createServer, type RunningServer } from './index.js';

describe('sockets', () => {
  const clock = new FakeClock();
  let server: RunningServer;
  let alice: WsClient;

  beforeEach(async () => {
    server = await createServer({
      host: '127.0.0.1',
      port: 0,
      clock,
      limits: { maxBuffered: 100_000, bytesPerSecond: 1_000_000_000 },
    });
    alice = await WsClient.signedIn(server.url, 'alice');
  });
  afterEach(async () => {
    alice.socket.terminate();
    await server.close();
    assert.equal(clock.waiting, 0);
  });

  /** Checks that the server still serves this client. */
  const goesOn = async (client: WsClient) => {
    const { message } = await client.ask({ type: 'ping' });
    assert.equal(message, 'Command not found: ping');
  };

  it('refuse a frame over 64 KiB, in text and in fragments, and go on', async () => {
    const frame = JSON.stringify({ type: 'offer', name: 'alice', offer: 'x'.repeat(70_000) });
    assert.equal((await alice.ask(frame)).code, 'frame-too-large');
    alice.socket.send(frame.slice(0, 40_000), { fin: false });
    alice.socket.send(frame.slice(40_000), { fin: true });
    assert.equal((await alice.next()).code, 'frame-too-large');
    await goesOn(alice);
  });

  it('take a frame of exactly 64 KiB', async () => {
    const around = JSON.stringify({ type: 'offer', name: 'alice', offer: '' }).length;
    const offer = 'x'.repeat(65_536 - around);
    const { type, offer: received } = await alice.ask({ type: 'offer', name: 'alice', offer });
    assert.equal(type, 'offer');
    assert.equal(received, offer);
  });

  it('refuse binary frames, and go on', async () => {
    assert.equal((await alice.ask(Buffer.from('{"type":"login"}'))).code, 'binary-frame');
    assert.equal((await alice.ask(Buffer.alloc(0))).code, 'binary-frame');
    await goesOn(alice);
  });

  it('close with 1009 on a frame over 128 KiB, and serve the others', async () => {
    const bob = await WsClient.signedIn(server.url, 'bob');
    bob.send('x'.repeat(131_073));
    assert.equal(await bob.closed, 1009);
    await goesOn(alice);
  });

  it('close with 1007 on a frame that is not UTF-8, and serve the others', async () => {
    const bob = await WsClient.signedIn(server.url, 'bob');
    bob.socket.send(Buffer.from([0xff, 0xfe]), { binary: false });
    assert.equal(await bob.closed, 1007);
    await goesOn(alice);
  });

  it('do not compress', async () => {
    assert.equal(alice.socket.extensions, '');
  });

  it('cut a client that answers no ping, and keep a client that does', async () => {
    const dead = await WsClient.signedIn(server.url, 'dead', { autoPong: false });
    const pinged = Promise.all([once(alice.socket, 'ping'), once(dead.socket, 'ping')]);
    await clock.advance(30_000);
    await pinged;
    // By the answer to what follows the pong, the pong has arrived.
    await goesOn(alice);
    await clock.advance(30_000);
    assert.equal(await dead.closed, 1006);
    await goesOn(alice);
    await WsClient.signedIn(server.url, 'dead');
  });

  it('cut a client that does not read, and serve the others', async () => {
    const stalled = await WsClient.signedIn(server.url, 'stalled');
    const bob = await WsClient.signedIn(server.url, 'bob');
    stalled.socket.pause();
    let cut = false;
    const refused = alice.next().then(({ code }) => {
      cut = true;
      return code;
    });
    // How much the network takes before it is cut is for each machine to say.
    while (!cut) {
      alice.send({ type: 'offer', name: 'stalled', offer: 'x'.repeat(60_000) });
      await settled();
    }
    assert.equal(await refused, 'not-online');
    await goesOn(bob);
    stalled.socket.terminate();
    bob.socket.terminate();
  });

  it('answer an upgrade to another protocol, and serve the others', async () => {
    const socket = connect(server.port, '127.0.0.1');
    socket.write('GET / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n');
    const [data] = (await once(socket, 'data')) as [Buffer];
    assert.match(data.toString(), /^HTTP\/1\.1 4\d\d /);
    socket.destroy();
    await goesOn(alice);
  });

  it('survive connections that break off anywhere', async () => {
    const request =
      'GET / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n' +
      'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n';
    for (const sent of ['', request.slice(0, 20), request, `${request}\x81\xfe`, '\0\0\0\0']) {
      const socket = connect(server.port, '127.0.0.1');
      await once(socket, 'connect');
      socket.write(sent, () => socket.resetAndDestroy());
      await once(socket, 'close');
    }
    await goesOn(alice);
  });
});
