import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer as createTcpServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { describe, it } from 'node:test';
import { ServerProgram } from '../test/helpers/server-program.js';
import { WsClient } from '../test/helpers/ws-client.js';

describe('the program', () => {
  it('prints where it is when it is ready, and ends at once on Ctrl-C', async () => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      const program = new ServerProgram([], { PORT: '0' });
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

  it('logs events in lines of JSON, and nothing that people send', async () => {
    const program = new ServerProgram(['--port', '0', '--host', '127.0.0.1']);
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
    const program = new ServerProgram(['--quiet'], { PORT: '0' });
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
    const program = new ServerProgram([], { PORT: `${port}` });
    assert.equal(await program.ended(), 1);
    assert.equal(program.out, '');
    assert.equal(
      program.err,
      `Port ${port} is taken by another program. Set PORT to another one.\n`,
    );
    other.close();
  });

  it('shows its flags', async () => {
    const program = new ServerProgram(['--help']);
    assert.equal(await program.ended(), 0);
    assert.match(program.out, /^Usage: rtc-widgets-server/);
  });

  it('names a flag that it does not understand, and exits with 1', async () => {
    for (const [args, words] of [
      [['--prot', '1'], /--prot/],
      [['--port', '65536'], /from 0 to 65535/],
      [['9090'], /9090/],
    ] as const) {
      const program = new ServerProgram([...args]);
      assert.equal(await program.ended(), 1);
      assert.match(program.err, words);
      assert.doesNotMatch(program.err, / {4}at /);
    }
  });
});

describe('a server that lets anyone in', () => {
  it('says so where others than this machine reach it, and nowhere else', async () => {
    for (const [args, warned] of [
      [['--host', '0.0.0.0'], true],
      [['--host', '0.0.0.0', '--accounts', `file:${tmpdir()}/rtc-widgets-no-accounts`], false],
      [['--host', '127.0.0.1'], false],
    ] as const) {
      const program = new ServerProgram(['--port', '0', ...args]);
      await program.url();
      const ended = program.ended();
      program.process.kill('SIGTERM');
      await ended;
      const [words, line] = program.err.split('\n');
      assert.equal(/^Anyone who reaches 0\.0\.0\.0 may sign in/.test(words!), warned);
      if (warned) assert.equal((JSON.parse(line!) as { type: string }).type, 'warning');
    }
  });
});
