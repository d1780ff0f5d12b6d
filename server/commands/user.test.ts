import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { LastingServer } from '../../test/helpers/lasting-server.js';
import { ownRedis } from '../../test/helpers/redis.js';
import { serverCommand, ServerProgram } from '../../test/helpers/server-program.js';
import { WsClient } from '../../test/helpers/ws-client.js';

const [node, ...script] = serverCommand;

/** Runs `user …` with something on standard input. */
async function user(args: string[], input = '', env: Record<string, string> = {}) {
  const program = spawn(node, [...script, 'user', ...args], {
    env: { ...process.env, RTC_ACCOUNTS: '', ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let out = '';
  let err = '';
  program.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
  program.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
  program.stdin.on('error', () => {}).end(input);
  const [code] = (await once(program, 'close')) as [number];
  return { code, out, err };
}

const folder = mkdtempSync(join(tmpdir(), 'rtc-widgets-user-'));
const own = ownRedis();
after(() => rmSync(folder, { recursive: true }));

const password = 'correct horse battery';
const login = (name: string, word: string) => ({ type: 'login', name, password: word });

/** Ends when the line is there. */
async function logged(program: ServerProgram, words: RegExp): Promise<void> {
  while (!words.test(program.err)) await once(program.process.stderr!, 'data');
}

for (const [kind, where] of [
  ['a file', () => `file:${join(folder, 'people')}`],
  ['Redis', () => own.redis.url],
] as const) {
  describe(`the user command, with accounts in ${kind}`, () => {
    it('adds people to a running server, and signs removed people out', async (t) => {
      const accounts = ['--accounts', where()];
      const program = new ServerProgram([
        '--port',
        '0',
        '--attempts-per-name',
        '9999',
        '--sign-in-time',
        '100',
        ...accounts,
      ]);
      t.after(() => program.process.kill('SIGKILL'));
      const url = await program.url();
      const alice = await WsClient.connect(url);
      assert.equal((await alice.ask(login('Alice', password))).code, 'wrong-password');

      const added = await user(['add', 'Alice', ...accounts], `${password}\n`);
      assert.deepEqual(added, { code: 0, out: 'Alice may sign in.\n', err: '' });
      const again = await user(['add', 'ALICE', ...accounts], `${password}\n`);
      assert.equal(again.code, 1);
      assert.match(again.err, /has an account already/);
      assert.equal((await user(['list'], '', { RTC_ACCOUNTS: where() })).out, 'Alice\n');

      let answer = await alice.ask(login('alice', password));
      // A file is looked at from time to time.
      while (answer.code === 'wrong-password') answer = await alice.ask(login('alice', password));
      assert.deepEqual([answer.success, answer.name], [true, 'Alice']);

      const other = 'another good password';
      assert.equal((await user(['passwd', 'alice', ...accounts], `${other}\n`)).code, 0);
      assert.equal(await alice.closed, 4003);
      const second = await WsClient.connect(url);
      assert.equal((await second.ask(login('Alice', password))).code, 'wrong-password');
      assert.equal((await second.ask(login('Alice', other))).success, true);

      assert.equal((await user(['remove', 'Alice', ...accounts])).code, 0);
      assert.equal(await second.closed, 4003);
      assert.equal((await user(['remove', 'Alice', ...accounts])).code, 1);

      const ended = program.ended();
      program.process.kill('SIGTERM');
      assert.equal(await ended, 0);
      for (const secret of [password, other, 'argon2']) assert.ok(!program.err.includes(secret));
    });

    it('lets a signed-in person go on after the server was killed and restarted', async (t) => {
      const accounts = ['--accounts', where()];
      assert.equal((await user(['add', 'Carol', ...accounts], `${password}\n`)).code, 0);
      const server = await LastingServer.start(...accounts);
      t.after(() => server.stop());
      const again = async (fields: object) => {
        const client = await WsClient.connect(server.url);
        const name = 'carol';
        return client.ask({ type: 'login', name, hello: { version: 1, at: 1 }, ...fields });
      };
      const { success, resume } = await again({ password });
      assert.equal(success, true);
      await server.stop('SIGKILL');
      await server.restart();
      assert.equal((await again({ resume: 'made up' })).code, 'password-needed');
      const answer = await again({ resume });
      assert.deepEqual([answer.success, answer.name, answer.resumed], [true, 'Carol', false]);
    });
  });
}

describe('the user command', () => {
  const accounts = ['--accounts', `file:${join(folder, 'others')}`];

  it('takes no password that is short, missing or an argument', async () => {
    for (const input of ['', '\n', 'short\n']) {
      const { code, err } = await user(['add', 'bob', ...accounts], input);
      assert.equal(code, 1, input);
      assert.match(err, /No password|8 to 1024 characters/);
    }
    const { code, err } = await user(['add', 'bob', password, ...accounts]);
    assert.equal(code, 1);
    assert.match(err, /^Usage/);
  });

  it('prints its usage', async () => {
    const cases: [string[], RegExp][] = [
      [[], /^Usage/],
      [['dance'], /^Usage/],
      [['add', 'bob'], /Say where the accounts are/],
      [['add', ...accounts], /Say the name/],
      [['add', 'a\nb', ...accounts], /Say the name/],
      [['passwd', 'nobody', ...accounts], /nobody has no account/],
      [['import-course', ...accounts], /--redis/],
    ];
    for (const [args, words] of cases) {
      const { code, err } = await user(args, `${password}\n`);
      assert.equal(code, 1, args.join(' '));
      assert.match(err, words);
      assert.doesNotMatch(err, / {4}at /);
    }
    assert.match((await user(['--help'])).out, /^Usage/);
  });

  it('shows nothing of a password that is typed, and asks for it twice', async () => {
    const command = [...serverCommand, 'user', 'add', 'typist', ...accounts];
    const quoted = command.map((word) => `'${word}'`).join(' ');
    const terminal = spawn('script', ['-qefc', quoted, '/dev/null'], { stdio: 'pipe' });
    let seen = '';
    let typed = 0;
    terminal.stdout.setEncoding('utf8').on('data', (text: string) => {
      seen += text;
      const asked = seen.match(/(Password|again): /g)?.length ?? 0;
      for (; typed < asked; typed++) terminal.stdin.write(`${password}\r`);
    });
    const [code] = (await once(terminal, 'close')) as [number];
    assert.equal(code, 0, seen);
    assert.equal(seen.replaceAll('\r', ''), 'Password: \nThe same again: \ntypist may sign in.\n');
  });
});

describe('user import-course', () => {
  /** A Redis as a course leaves it, beside other things. */
  async function course() {
    await own.connection.flushDb();
    await own.connection.set('alice', 'secret-of-alice');
    await own.connection.set('Bob', 'x');
    await own.connection.set('a\nb', 'secret-of-nobody');
    await own.connection.set('empty', '');
    await own.connection.hSet('hash', 'field', 'value');
    await own.connection.set('rtc-widgets:other', 'ours');
  }
  const run = (where: string) =>
    user(['import-course', '--redis', own.redis.url, '--accounts', where]);

  it('hashes each password, then removes it in clear, and says so', async () => {
    await course();
    const { code, out, err } = await run(own.redis.url);
    assert.deepEqual([code, err], [0, '']);
    assert.deepEqual(
      out.trim().split('\n').sort(),
      [
        '"Bob" taken over',
        '"a\\nb" left: it is no name',
        '"alice" taken over',
        '"empty" left: it is no password',
        '1 left: it is no name',
        '1 left: it is no password',
        '2 taken over',
      ].sort(),
    );
    const left = ['a\nb', 'empty', 'hash', 'rtc-widgets:account:alice', 'rtc-widgets:account:bob'];
    assert.deepEqual(
      (await own.connection.keys('*')).sort(),
      [...left, 'rtc-widgets:other'].sort(),
    );

    const program = new ServerProgram(['--port', '0', '--accounts', own.redis.url]);
    const bob = await WsClient.connect(await program.url());
    assert.equal((await bob.ask(login('bob', 'x'))).success, true);
    await logged(program, /signed-in/);
    const ended = program.ended();
    program.process.kill('SIGTERM');
    await ended;
  });

  it('goes on where it was broken off, and touches no account of somebody else', async () => {
    await course();
    const path = join(folder, 'imported');
    assert.equal((await run(`file:${path}`)).code, 0);
    // Broken off after the account was made and before the clear password was removed.
    await own.connection.set('alice', 'secret-of-alice');
    await own.connection.set('BOB', 'another');
    const { out } = await run(`file:${path}`);
    assert.match(out, /"alice" removed: it was taken over before/);
    assert.match(out, /"BOB" left: its name is taken, with another password/);
    assert.equal(await own.connection.get('alice'), null);
    assert.equal(await own.connection.get('BOB'), 'another');
    assert.doesNotMatch(readFileSync(path, 'utf8') + out, /secret-of/);
  });
});
