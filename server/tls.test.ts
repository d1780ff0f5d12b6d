import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { request } from 'node:https';
import { connect as connectPlain } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { connect, type TLSSocket } from 'node:tls';
import { FakeClock } from '../test/helpers/fake-clock.js';
import { ServerProgram } from '../test/helpers/server-program.js';
import { WsClient } from '../test/helpers/ws-client.js';
import { makeCertificate } from './development-certificate.js';
import { createServer, type ServerEvent } from './index.js';

const localNames = ['localhost', '127.0.0.1'];

/** A folder with a certificate that can be replaced, for as long as the test runs. */
async function certificate(t: TestContext) {
  const folder = mkdtempSync(join(tmpdir(), 'rtc-widgets-tls-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const files = { cert: join(folder, 'cert.pem'), key: join(folder, 'key.pem') };
  const replace = async () => {
    const { chain, key, root } = await makeCertificate(localNames, 1);
    writeFileSync(files.cert, chain);
    writeFileSync(files.key, key, { mode: 0o600 });
    return root;
  };
  return { files, replace, root: await replace() };
}

/** The certificate that a server shows, to who trusts only this root. */
async function shown(port: number, root: string): Promise<string> {
  const socket: TLSSocket = connect({ port, host: '127.0.0.1', ca: root, servername: 'localhost' });
  await once(socket, 'secureConnect');
  const { fingerprint256 } = socket.getPeerCertificate();
  socket.destroy();
  return fingerprint256;
}

const fingerprint = (file: string) => new X509Certificate(readFileSync(file)).fingerprint256;

describe('TLS', () => {
  it('serves pages and WebSockets to clients that trust the root, and to no others', async (t) => {
    const { files, root } = await certificate(t);
    const server = await createServer({ host: '127.0.0.1', port: 0, tls: files });
    t.after(() => server.close());
    assert.match(server.url, /^https:\/\/127\.0\.0\.1:\d+$/);
    const asked = request(`${server.url}/healthz`, { ca: root }).end();
    const [response] = (await once(asked, 'response')) as [{ statusCode: number; resume(): void }];
    assert.equal(response.statusCode, 200);
    response.resume();
    const alice = await WsClient.signedIn(server.url, 'alice', { ca: root });
    alice.socket.terminate();
    await assert.rejects(WsClient.connect(server.url), /certificate/);
  });

  it('waits no longer for a handshake than for a request', async (t) => {
    const { files, root } = await certificate(t);
    const limits = { requestTime: 500 };
    const server = await createServer({ host: '127.0.0.1', port: 0, tls: files, limits });
    t.after(() => server.close());
    const helloBegun = Buffer.from([0x16, 0x03, 0x01, 0x02, 0x00, 0x01]);
    const slow = [Buffer.alloc(0), helloBegun].map((bytes) => {
      const socket = connectPlain(server.port, '127.0.0.1').on('error', () => {});
      socket.write(bytes);
      return once(socket.resume(), 'close');
    });
    const alice = await WsClient.signedIn(server.url, 'alice', { ca: root });
    await Promise.all(slow);
    assert.equal((await alice.ask({ type: 'beat' })).type, 'beat');
    alice.socket.terminate();
  });

  it('takes a new certificate when the files change, and nobody is dropped', async (t) => {
    const { files, root, replace } = await certificate(t);
    const clock = new FakeClock();
    const events: ServerEvent[] = [];
    const observer = (event: ServerEvent) => void events.push(event);
    const server = await createServer({ host: '127.0.0.1', port: 0, tls: files, clock, observer });
    t.after(() => server.close());
    const alice = await WsClient.signedIn(server.url, 'alice', { ca: root });
    assert.equal(await shown(server.port, root), fingerprint(files.cert));

    const next = await replace();
    await clock.advance(5000);
    assert.deepEqual(events.at(-1), { type: 'certificate-read' });
    assert.equal(await shown(server.port, next), fingerprint(files.cert));
    await assert.rejects(shown(server.port, root), /certificate/);
    assert.equal((await alice.ask({ type: 'beat' })).type, 'beat');

    const count = events.length;
    await clock.advance(20_000);
    assert.equal(events.length, count, 'what has not changed is not read');
    alice.socket.terminate();
  });

  it('keeps its certificate when the new file is invalid', async (t) => {
    const { files, root, replace } = await certificate(t);
    const clock = new FakeClock();
    const events: ServerEvent[] = [];
    const observer = (event: ServerEvent) => void events.push(event);
    const server = await createServer({ host: '127.0.0.1', port: 0, tls: files, clock, observer });
    t.after(() => server.close());
    const before = await shown(server.port, root);
    const { key } = await makeCertificate(localNames, 1);
    for (const spoil of [
      () => writeFileSync(files.key, key),
      () => writeFileSync(files.cert, 'nonsense'),
      () => rmSync(files.cert),
    ]) {
      spoil();
      await clock.advance(5000);
      assert.equal(events.at(-1)!.type, 'certificate-refused');
      assert.equal(await shown(server.port, root), before);
    }
    const mended = await replace();
    await clock.advance(5000);
    assert.equal(await shown(server.port, mended), fingerprint(files.cert));
  });

  it('explains an invalid certificate at the start', async (t) => {
    const { files } = await certificate(t);
    writeFileSync(files.key, (await makeCertificate(localNames, 1)).key);
    const options = { host: '127.0.0.1', port: 0 };
    await assert.rejects(createServer({ ...options, tls: files }), /certificate cannot be used/);
    const none = { cert: `${files.cert}.none`, key: files.key };
    await assert.rejects(createServer({ ...options, tls: none }), /certificate cannot be used/);
  });
});

describe('the program with a certificate', () => {
  it('makes a certificate, serves with it, and reads it again at SIGHUP', async (t) => {
    const folder = mkdtempSync(join(tmpdir(), 'rtc-widgets-cert-'));
    t.after(() => rmSync(folder, { recursive: true }));
    const make = new ServerProgram(['cert', '--out', folder, '--name', 'talk.example.org']);
    assert.equal(await make.ended(), 0, make.err);
    assert.match(make.out, /rtc-widgets-root\.crt/);
    const [cert, key] = [join(folder, 'rtc-widgets.crt'), join(folder, 'rtc-widgets.key')];
    const root = readFileSync(join(folder, 'rtc-widgets-root.crt'), 'utf8');
    assert.equal(statSync(key).mode & 0o777, 0o600);
    const { subjectAltName } = new X509Certificate(readFileSync(cert));
    for (const name of ['talk.example.org', 'localhost', '127.0.0.1']) {
      assert.ok(subjectAltName!.includes(name), name);
    }

    const again = new ServerProgram(['cert', '--out', folder]);
    assert.equal(await again.ended(), 1, 'nothing is overwritten');
    assert.match(again.err, /exists/);

    const where = ['--host', '127.0.0.1', '--port', '0'];
    const program = new ServerProgram([...where, '--cert', cert, '--key', key]);
    const url = await program.url();
    const alice = await WsClient.signedIn(url, 'alice', { ca: root });
    const next = await makeCertificate(localNames, 1);
    chmodSync(key, 0o600);
    writeFileSync(cert, next.chain);
    writeFileSync(key, next.key);
    const read = once(program.process.stderr!, 'data');
    program.process.kill('SIGHUP');
    await read;
    assert.equal(await shown(Number(new URL(url).port), next.root), fingerprint(cert));
    assert.equal((await alice.ask({ type: 'beat' })).type, 'beat');
    const ended = program.ended();
    program.process.kill('SIGINT');
    assert.equal(await ended, 0);
  });
});
