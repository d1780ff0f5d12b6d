import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { after, before, beforeEach, describe, it } from 'node:test';
import { seeded } from '../test/helpers/mutate.js';
import { WsClient } from '../test/helpers/ws-client.js';
import { createServer, type RunningServer, type ServerEvent } from './index.js';

const many = 1_000_000_000;

/** Asks for a WebSocket. */
const upgrade =
  'GET / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n' +
  'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n';

/** Set SEED to send again what failed once. */
const seed = Number(process.env.SEED ?? Math.floor(Math.random() * 2 ** 31));

describe(`hostile clients (SEED=${seed})`, () => {
  const faults: ServerEvent[] = [];
  let server: RunningServer;
  let alice: WsClient;
  let alices = 0;

  before(async () => {
    server = await createServer({
      host: '127.0.0.1',
      port: 0,
      hub: { signIns: many },
      limits: { framesPerSecond: many, bytesPerSecond: many, connectionsPerAddress: many },
      metrics: { port: 0, host: '127.0.0.1' },
      observer: (event) => {
        if (event.type === 'fault') faults.push(event);
      },
    });
  });
  after(() => server.close());

  beforeEach(async () => {
    alice = await WsClient.signedIn(server.url, `alice ${++alices}`);
  });

  /** Checks that nothing is broken, and that nobody is left but those who are there. */
  async function allIsWell(clients: number): Promise<void> {
    assert.equal((await alice.ask({ type: 'beat' })).type, 'beat');
    assert.deepEqual(faults, []);
    const figures = async () => (await fetch(server.metricsUrl!)).text();
    // A connection that broke off is noticed a moment later.
    while (!(await figures()).includes(`\nrtc_connections ${clients}\n`));
    alice.socket.terminate();
  }

  it('open 10,000 connections and drop them', { timeout: 120_000 }, async () => {
    const random = seeded(seed);
    const openAndDrop = async () => {
      const socket = connect(server.port, '127.0.0.1').on('error', () => {});
      const closed = once(socket, 'close');
      await once(socket, 'connect');
      const how = random();
      if (how < 0.6) {
        socket.write(upgrade);
        await once(socket, 'data');
      } else socket.write(upgrade.slice(0, Math.floor(random() * upgrade.length)));
      if (how % 0.2 < 0.1) socket.resetAndDestroy();
      else socket.destroy();
      await closed;
    };
    for (let count = 0; count < 10_000; count += 100) {
      await Promise.all(Array.from({ length: 100 }, openAndDrop));
    }
    await allIsWell(1);
  });

  it('send bytes that are no frames', async () => {
    const random = seeded(seed);
    for (let count = 0; count < 300; count++) {
      const socket = connect(server.port, '127.0.0.1').on('error', () => {});
      const closed = once(socket, 'close');
      socket.write(upgrade);
      await once(socket, 'data');
      const bytes = Array.from({ length: 64 }, () => Math.floor(random() * 256));
      socket.end(Buffer.from(bytes)).resume();
      await closed;
    }
    await allIsWell(1);
  });

  it('nest 30,000 deep, and fill 64 KiB', async () => {
    const eve = await WsClient.signedIn(server.url, 'eve');
    const deep = (open: string, close: string) => open.repeat(30_000) + close.repeat(30_000);
    for (const nested of [
      deep('[', ']'),
      `{"type":"offer","name":"eve","offer":${deep('[', ']')}}`,
    ]) {
      assert.equal((await eve.ask(nested)).code, 'bad-message');
    }
    assert.equal((await eve.ask('['.repeat(60_000))).code, 'bad-message');
    assert.equal(
      (await eve.ask('{"a":'.repeat(10_000) + '1' + '}'.repeat(10_000))).code,
      'bad-message',
    );
    const wide = Array.from({ length: 5000 }, (_, index) => `"k${index}":0`).join();
    const { type } = await eve.ask(`{"type":"offer","name":"eve","offer":{${wide}}}`);
    assert.equal(type, 'offer');
    eve.socket.terminate();
    await allIsWell(1);
  });

  it('say a field twice: the last counts, and only that is passed on', async () => {
    const [eve, bob] = [
      await WsClient.signedIn(server.url, 'eve'),
      await WsClient.signedIn(server.url, 'bob'),
    ];
    eve.send('{"type":"login","type":"offer","name":"alice","name":"bob","offer":1,"offer":2}');
    assert.deepEqual(await bob.next(), { type: 'offer', name: 'eve', offer: 2 });
    eve.send('{"name":"bob","type":"offer","offer":3,"__proto__":{"name":"alice"},"from":"alice"}');
    assert.deepEqual(await bob.next(), { type: 'offer', name: 'eve', offer: 3 });
    for (const { socket } of [eve, bob]) socket.terminate();
    await allIsWell(1);
  });

  it('send halves of characters', async () => {
    const eve = await WsClient.connect(server.url);
    for (const name of ['\\ud800', 'a\\udc00b', '\\udfff\\ud800']) {
      assert.equal((await eve.ask(`{"type":"login","name":"${name}"}`)).code, 'bad-name');
    }
    assert.equal((await eve.ask({ type: 'login', name: 'eve' })).success, true);
    eve.send('{"type":"offer","name":"eve","offer":"\\ud800"}');
    assert.equal((await eve.next()).offer, '\ud800');
    assert.equal((await eve.ask('{"type":"\\ud800"}')).code, 'unknown-type');
    assert.equal((await eve.ask('{"type":"leave","name":"\\ud800"}')).code, 'not-online');
    eve.socket.terminate();
    await allIsWell(1);
  });
});
