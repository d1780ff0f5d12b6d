import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { FakeClock } from '../test/helpers/fake-clock.js';
import { ServerProgram } from '../test/helpers/server-program.js';
import { WsClient } from '../test/helpers/ws-client.js';
import { createServer } from './index.js';

const onAnyPort = { host: '127.0.0.1', port: 0 };

/** Whether nothing listens there. */
const gone = (url: string) =>
  fetch(url).then(
    () => false,
    () => true,
  );

describe('a server that drains', () => {
  it('is not ready, lets nobody in, and sends all elsewhere, not at once', async () => {
    const clock = new FakeClock();
    const server = await createServer({ ...onAnyPort, clock });
    const clients = await Promise.all(
      Array.from({ length: 60 }, (_, index) => WsClient.signedIn(server.url, `person ${index}`)),
    );
    const codes: number[] = [];
    for (const client of clients) void client.closed.then((code) => codes.push(code));

    const drained = server.drain(10_000);
    const ready = await fetch(`${server.url}/readyz`);
    assert.deepEqual([ready.status, await ready.text()], [503, 'Not ready: draining']);
    assert.equal((await fetch(`${server.url}/healthz`)).status, 200);
    await assert.rejects(WsClient.connect(server.url), /503/);

    // 60 of them take 0.6 seconds of the 10 that there are: half of that, about half of them.
    await clock.advance(300);
    const half = clients.filter(({ socket }) => socket.readyState !== socket.OPEN);
    await Promise.all(half.map(({ closed }) => closed));
    const isServed = async (client: WsClient) =>
      Promise.race([
        client.ask({ type: 'beat' }).then(() => true),
        client.closed.then(() => false),
      ]);
    const served = (await Promise.all(clients.map(isServed))).filter(Boolean).length;
    assert.ok(served >= 5 && served <= 55, `${served} of 60 are served half-way`);
    await clock.advance(300);
    await drained;
    await Promise.all(clients.map(({ closed }) => closed));
    assert.deepEqual(new Set(codes), new Set([1012]));
    assert.equal(await gone(server.url), true);
    assert.equal(clock.waiting, 0);
  });

  it('waits no longer than its limit for clients that stay', async () => {
    const clock = new FakeClock();
    const server = await createServer({ ...onAnyPort, clock });
    const stalled = await WsClient.signedIn(server.url, 'stalled');
    stalled.socket.pause();
    const drained = server.drain(3000);
    await clock.advance(3000);
    await clock.advance(250);
    await drained;
    assert.equal(clock.waiting, 0);
    stalled.socket.terminate();
  });

  it('ends at once where nobody is', async () => {
    const server = await createServer(onAnyPort);
    await server.drain(60_000);
    assert.equal(await gone(server.url), true);
  });
});

describe('the program, at SIGTERM', () => {
  it('drains, and exits with 0', async () => {
    const program = new ServerProgram(['--port', '0', '--quiet']);
    const alice = await WsClient.signedIn(await program.url(), 'alice');
    const ended = program.ended();
    program.process.kill('SIGTERM');
    assert.equal(await alice.closed, 1012);
    assert.equal(await ended, 0);
  });

  it('ends at once at a second signal', { timeout: 20_000 }, async () => {
    const program = new ServerProgram(['--port', '0', '--drain', '600']);
    const url = await program.url();
    const stalled = await WsClient.signedIn(url, 'stalled');
    stalled.socket.pause();
    const ended = program.ended();
    program.process.kill('SIGTERM');
    // It says so when it has begun.
    while (!program.err.includes('"draining"')) await new Promise((done) => setImmediate(done));
    program.process.kill('SIGTERM');
    assert.equal(await ended, 0);
    stalled.socket.terminate();
  });
});
