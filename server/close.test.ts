import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { describe, it } from 'node:test';
import { until } from '../test/helpers/e2e/until.js';
import { FakeClock } from '../test/helpers/fake-clock.js';
import { startRedis } from '../test/helpers/redis.js';
import { WsClient } from '../test/helpers/ws-client.js';
import { createServer } from './index.js';

const onAnyPort = { host: '127.0.0.1', port: 0 };

/** The resources that keep this process alive, by kind, but for the test's own. */
const alive = () =>
  process
    .getActiveResourcesInfo()
    .filter((kind) => /TCP|Timeout|HTTP/.test(kind))
    .sort();

describe('close', () => {
  it('leaves no connection, timer or port behind', async () => {
    const before = alive();
    const clock = new FakeClock();
    const server = await createServer({ ...onAnyPort, clock });
    const course = await WsClient.signedIn(server.url, 'course');
    const kit = await WsClient.connect(server.url);
    await kit.ask({ type: 'login', name: 'kit', hello: { version: 1 } });
    await kit.ask({ type: 'watch', on: true });
    const silent = connect(server.port, '127.0.0.1');
    await once(silent, 'connect');
    const silentClosed = once(silent, 'close');

    await server.close();
    assert.deepEqual([await course.closed, await kit.closed], [1012, 1012]);
    await silentClosed;
    assert.equal(clock.waiting, 0);
    assert.deepEqual(alive(), before);

    const again = await createServer({ ...onAnyPort, port: server.port });
    await again.close();
  });

  it('leaves nothing of its bus behind', async () => {
    const redis = await startRedis();
    const before = alive();
    const server = await createServer({ ...onAnyPort, bus: redis.url });
    await server.close();
    // The system closes connections a moment later.
    await until('nothing is left', () => alive().join() === before.join());
    await redis.stop();
  });

  it('does not wait for a client that does not close', async () => {
    const clock = new FakeClock();
    const server = await createServer({ ...onAnyPort, clock });
    const stalled = await WsClient.signedIn(server.url, 'stalled');
    stalled.socket.pause();
    const closed = server.close();
    await clock.advance(250);
    await closed;
    assert.equal(clock.waiting, 0);
    stalled.socket.terminate();
  });

  it('may be asked for twice', async () => {
    const server = await createServer(onAnyPort);
    await Promise.all([server.close(), server.close()]);
    await server.close();
  });
});

describe('listening', () => {
  it('is on both addresses of localhost, where a machine has both', async () => {
    const server = await createServer({ port: 0 });
    assert.equal(server.url, `http://localhost:${server.port}`);
    assert.equal((await fetch(`http://127.0.0.1:${server.port}/healthz`)).status, 200);
    const v6 = connect(server.port, '::1');
    const outcome = await Promise.race([
      once(v6, 'connect').then(() => 'connected'),
      once(v6, 'error').then(([error]) => (error as NodeJS.ErrnoException).code),
    ]).catch((error: NodeJS.ErrnoException) => error.code);
    // Refused would mean that the address is there and the server is not.
    assert.ok(outcome === 'connected' || outcome === 'EADDRNOTAVAIL', String(outcome));
    v6.destroy();
    await server.close();
  });

  it('fails where the port is taken, and takes nothing then', async () => {
    const first = await createServer({ host: '127.0.0.1', port: 0 });
    const options = { host: 'localhost', port: first.port };
    await assert.rejects(createServer(options), { code: 'EADDRINUSE' });
    await first.close();
    await (await createServer(options)).close();
  });

  it('says where a browser finds it', async () => {
    for (const [host, name] of [
      ['127.0.0.1', '127.0.0.1'],
      ['0.0.0.0', 'localhost'],
    ]) {
      const server = await createServer({ host: host!, port: 0 });
      assert.equal(server.url, `http://${name}:${server.port}`);
      await server.close();
    }
  });
});
