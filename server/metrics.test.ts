import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { anyone, signInBusy } from 'rtc-widgets/hub';
import { FakeClock } from '../test/helpers/fake-clock.js';
import { WsClient } from '../test/helpers/ws-client.js';
import { createServer, type ServerOptions } from './index.js';

const token = '0123456789abcdef';

async function start(t: TestContext, options: ServerOptions) {
  const server = await createServer({ host: '127.0.0.1', port: 0, ...options });
  t.after(() => server.close());
  return server;
}

/** The figures, by name and labels. */
async function figures(url: string): Promise<Map<string, number>> {
  const text = await (await fetch(url)).text();
  const lines = text.split('\n').filter((line) => line && !line.startsWith('#'));
  return new Map(
    lines.map((line) => {
      const space = line.lastIndexOf(' ');
      return [line.slice(0, space), Number(line.slice(space + 1))];
    }),
  );
}

describe('/metrics', () => {
  it('counts sign-ins that find no place among those that wait for a hash, and names', async (t) => {
    const admission = {
      ...anyone,
      admit: () => {
        throw signInBusy(5);
      },
    };
    const server = await start(t, { admission, metrics: { port: 0, host: '127.0.0.1' } });
    const alice = await WsClient.connect(server.url);
    const { code, retryAfter } = await alice.ask({ type: 'login', name: 'alice' });
    assert.deepEqual([code, retryAfter], ['sign-in-busy', 5]);
    const headers = { host: 'evil.example' };
    await assert.rejects(WsClient.connect(server.url, { headers }), /403/);
    const found = await figures(server.metricsUrl!);
    for (const reason of ['sign-in-busy', 'host-not-allowed']) {
      assert.equal(found.get(`rtc_refusals_total{reason="${reason}"}`), 1, reason);
    }
    assert.equal(found.get('rtc_sign_ins_total{result="sign-in-busy"}'), 1);
    alice.socket.terminate();
  });

  it('counts connections, sign-ins, calls, frames and refusals', async (t) => {
    const clock = new FakeClock();
    const server = await start(t, { clock, metrics: { port: 0, host: '127.0.0.1' } });
    const url = server.metricsUrl!;
    const [alice, bob] = [
      await WsClient.signedIn(server.url, 'alice'),
      await WsClient.connect(server.url),
    ];
    const hello = { version: 1 };
    assert.equal((await bob.ask({ type: 'login', name: 'alice', hello })).code, 'name-taken');
    const { resume } = await bob.ask({ type: 'login', name: 'bob', hello });
    const again = await WsClient.connect(server.url);
    await again.ask({ type: 'login', name: 'bob', hello, resume });
    await bob.closed;
    const offer = { type: 'offer', sdp: 'v=0\r\nm=video 9 UDP 0\r\n' };
    alice.send({ type: 'offer', name: 'bob', offer });
    const { call } = await again.next();
    again.send({ type: 'accept', name: 'alice', call, answer: { type: 'answer', sdp: '' } });
    await alice.next();
    await clock.advance(20_000);
    again.send({ type: 'leave', name: 'alice', call });
    await alice.next();
    alice.send({ type: 'offer', name: 'bob', offer });
    const second = await again.next();
    again.send({ type: 'decline', name: 'alice', call: second.call, reason: 'made-up' });
    await alice.next();
    await alice.ask({ type: 'leave', name: 'nobody' });

    const found = await figures(url);
    for (const [name, value] of [
      ['rtc_connections', 2],
      ['rtc_sign_ins_total{result="new"}', 2],
      ['rtc_sign_ins_total{result="resumed"}', 1],
      ['rtc_sign_ins_total{result="name-taken"}', 1],
      ['rtc_refusals_total{reason="name-taken"}', 1],
      ['rtc_refusals_total{reason="not-online"}', 1],
      ['rtc_calls_started_total{kind="video"}', 2],
      ['rtc_calls_accepted_total', 1],
      ['rtc_calls_ended_total{outcome="hung-up"}', 1],
      ['rtc_calls_ended_total{outcome="other"}', 1],
      ['rtc_call_duration_seconds_sum{outcome="hung-up"}', 20],
      ['rtc_call_duration_seconds_bucket{le="15",outcome="hung-up"}', 0],
      ['rtc_call_duration_seconds_bucket{le="45",outcome="hung-up"}', 1],
      ['rtc_frames_total{direction="in"}', 10],
      ['rtc_frames_total{direction="out"}', 10],
      ['rtc_faults_total', 0],
      ['rtc_bus_delay_seconds_count', 0],
    ] as const) {
      assert.equal(found.get(name), value, name);
    }
    assert.ok(found.get('process_resident_memory_bytes')! > 1e7);
    assert.ok(found.get('process_cpu_seconds_total')! > 0);
    assert.ok(found.has('rtc_event_loop_delay_seconds{quantile="0.99"}'));
    assert.equal((await fetch(`${server.url}/metrics`)).status, 404, 'not on the other port');
    assert.equal((await fetch(new URL('/', url))).status, 404, 'nothing else on this one');
    for (const { socket } of [alice, again]) socket.terminate();
  });

  it('is on the server’s own port for a request with the token', async (t) => {
    const { url } = await start(t, { metrics: { token } });
    const status = async (authorization?: string) =>
      (await fetch(`${url}/metrics`, { headers: authorization ? { authorization } : {} })).status;
    assert.equal(await status(`Bearer ${token}`), 200);
    for (const wrong of [
      undefined,
      token,
      `Bearer ${token}0`,
      `Bearer ${token.slice(1)}`,
      'Bearer',
    ]) {
      assert.equal(await status(wrong), 401, wrong);
    }
    assert.ok((await fetch(`${url}/metrics`)).headers.has('www-authenticate'));
  });

  it('is nowhere unless asked for, and never open on the server’s own port', async (t) => {
    const { url } = await start(t, {});
    assert.equal((await fetch(`${url}/metrics`)).status, 404);
    await assert.rejects(createServer({ port: 0, metrics: {} }), /need a token/);
  });

  it('leaves no port behind when the server cannot start', async (t) => {
    const first = await start(t, {});
    const clash = { host: '127.0.0.1', port: first.port, metrics: { port: 0 } };
    await assert.rejects(createServer(clash), { code: 'EADDRINUSE' });
  });
});

describe('/readyz', () => {
  it('names the parts that are not ready, and /healthz that the process lives', async (t) => {
    let redis: () => boolean | Promise<boolean> = () => true;
    const { url } = await start(t, { ready: [{ name: 'Redis', ready: () => redis() }] });
    const ask = async () => {
      const response = await fetch(`${url}/readyz`);
      return [response.status, await response.text()];
    };
    assert.deepEqual(await ask(), [200, 'OK']);
    redis = async () => false;
    assert.deepEqual(await ask(), [503, 'Not ready: Redis']);
    redis = () => Promise.reject(new Error('gone'));
    assert.deepEqual(await ask(), [503, 'Not ready: Redis']);
    assert.equal((await fetch(`${url}/healthz`)).status, 200);
  });
});
