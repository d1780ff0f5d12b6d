import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer as createTcpServer, type AddressInfo } from 'node:net';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { WsClient } from '../test/helpers/ws-client.js';

const script = fileURLToPath(new URL('main.ts', import.meta.url));

/** A server process, and what it has printed. */
class Program {
  readonly process: ChildProcess;
  out = '';
  err = '';

  constructor(args: string[], env: Record<string, string> = {}) {
    this.process = spawn(process.execPath, ['--import', 'tsx', script, ...args], {
      env: { ...process.env, HOST: '', PORT: '', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.process.stdout!.setEncoding('utf8').on('data', (text: string) => (this.out += text));
    this.process.stderr!.setEncoding('utf8').on('data', (text: string) => (this.err += text));
  }

  /** Settles with the exit code, or the signal that ended it, when all output is read. */
  readonly ended = async () => {
    const [code, signal] = (await once(this.process, 'close')) as [number | null, string | null];
    return code ?? signal;
  };

  /** The URL that it prints when it is ready. */
  async url(): Promise<string> {
    while (!this.out.includes('\n')) await once(this.process.stdout!, 'data');
    return this.out.trim();
  }
}

describe('the program', () => {
  it('prints where it is when it is ready, and ends at once on Ctrl-C', async () => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      const program = new Program([], { PORT: '0' });
      const url = await program.url();
      assert.match(url, /^http:\/\/localhost:\d+$/);
      const alice = await WsClient.signedIn(url, 'alice');
      const ended = program.ended();
      program.process.kill(signal);
      assert.equal(await alice.closed, 1012);
      assert.equal(await ended, 0);
      assert.equal(program.out, `${url}\n`);
    }
  });

  it('logs what happens in lines of JSON, and says nothing of what people send', async () => {
    const program = new Program(['--port', '0', '--host', '127.0.0.1']);
    const url = await program.url();
    const alice = await WsClient.signedIn(url, 'alice');
    alice.send({ type: 'offer', name: 'alice', offer: 'confidential' });
    await alice.next();
    await alice.ask({ type: 'leave', name: 'nobody' });
    await alice.close();
    const ended = program.ended();
    program.process.kill('SIGINT');
    await ended;
    const lines = program.err.trim().split('\n');
    assert.deepEqual(
      lines.map((line) => (JSON.parse(line) as { type: string }).type),
      ['signed-in', 'refused', 'signed-out'],
    );
    assert.doesNotMatch(program.err, /confidential/);
  });

  it('is quiet when asked to be', async () => {
    const program = new Program(['--quiet'], { PORT: '0' });
    const alice = await WsClient.signedIn(await program.url(), 'alice');
    await alice.close();
    const ended = program.ended();
    program.process.kill('SIGINT');
    await ended;
    assert.equal(program.err, '');
  });

  it('says that a port is taken, and exits with 1', async () => {
    const other = createTcpServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    const program = new Program([], { PORT: `${port}` });
    assert.equal(await program.ended(), 1);
    assert.equal(program.out, '');
    assert.equal(
      program.err,
      `Port ${port} is taken by another program. Set PORT to another one.\n`,
    );
    other.close();
  });

  it('shows its flags', async () => {
    const program = new Program(['--help']);
    assert.equal(await program.ended(), 0);
    assert.match(program.out, /^Usage: rtc-widgets-server/);
  });

  it('says what it does not understand, and exits with 1', async () => {
    for (const [args, words] of [
      [['--prot', '1'], /--prot/],
      [['--port', '65536'], /from 0 to 65535/],
      [['9090'], /9090/],
    ] as const) {
      const program = new Program([...args]);
      assert.equal(await program.ended(), 1);
      assert.match(program.err, words);
      assert.doesNotMatch(program.err, / {4}at /);
    }
  });
});
