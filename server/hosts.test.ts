import assert from 'node:assert/strict';
import { request as ask, type IncomingMessage } from 'node:http';
import { describe, it, type TestContext } from 'node:test';
import { WsClient } from '../test/helpers/ws-client.js';
import { originationReader } from './client-address.js';
import { hostCheck } from './hosts.js';
import { createServer, type ServerEvent, type ServerOptions } from './index.js';

/** Names that nobody can point at another's server. */
const always = [
  'localhost',
  'localhost:9090',
  'LOCALHOST',
  'localhost.',
  '127.0.0.1:9090',
  '127.8.8.8',
  '[::1]:9090',
  '[fe80::1]',
  '192.168.0.7:9090',
  'demo.localhost:9090',
  'mybox',
  'mybox.local:9090',
  'talk.test',
];

/** Names that somebody else may have, and what is none. */
const never = [
  'evil.example',
  'evil.example:9090',
  'localhost.evil.example',
  '127.0.0.1.evil.example',
  '127.0.0.1.nip.io',
  'evillocal.example',
  'evil.example.',
  '',
  ' ',
  'evil.example/.local',
  'evil.example#.local',
  'evil.example@localhost',
  'localhost@evil.example',
  'evil.example\\.local',
  'evil.example, localhost',
];

const local = '127.0.0.1';
const from = (remoteAddress: string, headers: object, encrypted = false) =>
  ({ socket: { remoteAddress, encrypted }, headers }) as unknown as IncomingMessage;

function check(options: Partial<Parameters<typeof hostCheck>[0]> = {}, trusted: string[] = []) {
  const originationOf = originationReader(trusted);
  const isOwn = hostCheck({ host: 'localhost', originationOf, ...options });
  return (host: string | undefined, headers: object = {}, encrypted = false) =>
    isOwn(from(local, { ...headers, host }, encrypted));
}

describe('the Host of a request', () => {
  it('must be a name that nobody can register when the server is on localhost', () => {
    for (const host of ['localhost', '127.0.0.1', '::1']) {
      const isOwn = check({ host });
      for (const name of always) assert.equal(isOwn(name), true, name);
      for (const name of never) assert.equal(isOwn(name), false, name);
      assert.equal(isOwn(undefined), true);
    }
  });

  it('may be any where others reach the server, or pages are listed', () => {
    for (const options of [
      { host: '0.0.0.0' },
      { host: '192.168.0.7' },
      { host: 'talk.example.org' },
      { origins: ['https://talk.example.org'] },
    ]) {
      for (const name of [...always, ...never]) assert.equal(check(options)(name), true, name);
    }
  });

  it('must be one of the names given, wherever the server listens', () => {
    for (const host of ['localhost', '0.0.0.0']) {
      const isOwn = check({ host, names: ['Talk.example.org', 'zoë.example'] }, [local]);
      for (const name of ['talk.example.org', 'TALK.example.org:8443', 'xn--zo-ija.example']) {
        assert.equal(isOwn(name), true, name);
      }
      for (const name of always) assert.equal(isOwn(name), true, name);
      for (const name of [...never, 'a.talk.example.org']) assert.equal(isOwn(name), false, name);
      assert.equal(isOwn('evil.example', { 'x-forwarded-for': '198.51.100.7' }), false);
    }
  });

  it('may be any where a trusted proxy passes the request on, or it came encrypted', () => {
    const isOwn = check({}, [local]);
    assert.equal(isOwn('talk.example.org', { 'x-forwarded-for': '198.51.100.7' }), true);
    assert.equal(isOwn('talk.example.org'), false);
    assert.equal(check()('talk.example.org', { 'x-forwarded-for': '198.51.100.7' }), false);
    assert.equal(check()('talk.example.org', {}, true), true);
  });

  it('is compared with nothing that is no name', () => {
    for (const wrong of [
      'https://talk.example.org',
      'a:80',
      '*',
      '*.example.org',
      'a/b',
      '',
      ' ',
    ]) {
      assert.throws(() => check({ names: [wrong] }), /A server's name is/, wrong);
    }
  });
});

describe('a page whose name leads to a server on localhost', () => {
  async function start(t: TestContext, options: ServerOptions = {}) {
    const events: ServerEvent[] = [];
    const observer = (event: ServerEvent) => void events.push(event);
    const server = await createServer({ port: 0, observer, ...options });
    t.after(() => server.close());
    return { server, events };
  }

  /** The status of a page, and the type of its policy. */
  const status = (port: number, path: string, host: string) =>
    new Promise<number>((resolve, reject) => {
      ask({ port, host: local, path, headers: { host } }, (response) => {
        resolve(response.resume().statusCode!);
      })
        .on('error', reject)
        .end();
    });

  it('gets no WebSocket, which is logged', async (t) => {
    const { server, events } = await start(t);
    const host = `evil.example:${server.port}`;
    for (const options of [
      { headers: { host }, origin: `http://${host}` },
      { headers: { host } },
    ]) {
      await assert.rejects(WsClient.connect(server.url, options), /403/);
    }
    const reason = 'host-not-allowed';
    assert.deepEqual(events, [
      { type: 'turned-away', reason },
      { type: 'turned-away', reason },
    ]);
    const alice = await WsClient.signedIn(server.url, 'alice');
    alice.socket.terminate();
  });

  it('gets no page and no metrics, but an answer at /healthz', async (t) => {
    const { server } = await start(t, { metrics: { port: 0 } });
    const metrics = Number(new URL(server.metricsUrl!).port);
    for (const [port, path] of [
      [server.port, '/'],
      [metrics, '/metrics'],
    ] as const) {
      assert.equal(await status(port, path, 'evil.example'), 403, path);
      assert.equal(await status(port, path, 'localhost'), 200, path);
    }
    assert.equal(await status(server.port, '/healthz', 'evil.example'), 200);
  });

  it('gets both where it is named, or everybody reaches the server', async (t) => {
    for (const options of [{ serverNames: ['talk.example.org'] }, { host: '0.0.0.0' }]) {
      const { server } = await start(t, options);
      const host = `talk.example.org:${server.port}`;
      const page = { headers: { host }, origin: `http://${host}` };
      const alice = await WsClient.signedIn(server.url, 'alice', page);
      assert.equal(await status(server.port, '/', host), 200);
      alice.socket.terminate();
    }
  });
});
