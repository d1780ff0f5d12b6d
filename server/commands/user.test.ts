import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { LastingServer } from '../../test/helpers/lasting-server.js';
import { ownRedis } from '../../test/helpers/redis.js';
import { serverCommand, ServerProgram } from '../../test/helpers/server-program.js';
import { userCommand } from '../../test/helpers/user-command.js';
import { WsClient } from '../../test/helpers/ws-client.js';
import { user } from './user.js';

const folder = mkdtempSync(join(tmpdir(), 'rtc-widgets-user-'));
const own = ownRedis();
after(() => rmSync(folder, { recursive: true }));

const password = 'correct horse battery';
const login = (name: string, word: string) => ({ type: 'login', name, password: word });

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

      const added = await userCommand(['add', 'Alice', ...accounts], `${password}\n`);
      assert.deepEqual(added, { code: 0, out: 'Alice may sign in.\n', err: '' });
      const again = await userCommand(['add', 'ALICE', ...accounts], `${password}\n`);
      assert.equal(again.code, 1);
      assert.match(again.err, /has an account already/);
      assert.equal((await userCommand(['list'], '', { RTC_ACCOUNTS: where() })).out, 'Alice\n');

      let answer = await alice.ask(login('alice', password));
      // A file is looked at from time to time.
      while (answer.code === 'wrong-password') answer = await alice.ask(login('alice', password));
      assert.deepEqual([answer.success, answer.name], [true, 'Alice']);

      const other = 'another good password';
      assert.equal((await userCommand(['passwd', 'alice', ...accounts], `${other}\n`)).code, 0);
      assert.equal(await alice.closed, 4003);
      const second = await WsClient.connect(url);
      assert.equal((await second.ask(login('Alice', password))).code, 'wrong-password');
      assert.equal((await second.ask(login('Alice', other))).success, true);

      assert.equal((await userCommand(['remove', 'Alice', ...accounts])).code, 0);
      assert.equal(await second.closed, 4003);
      assert.equal((await userCommand(['remove', 'Alice', ...accounts])).code, 1);

      const ended = program.ended();
      program.process.kill('SIGTERM');
      assert.equal(await ended, 0);
      for (const secret of [password, other, 'argon2']) assert.ok(!program.err.includes(secret));
    });

    it('lets a signed-in person go on after the server was killed and restarted', async (t) => {
      const accounts = ['--accounts', where()];
      assert.equal((await userCommand(['add', 'Carol', ...accounts], `${password}\n`)).code, 0);
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
      const { code, err } = await userCommand(['add', 'bob', ...accounts], input);
      assert.equal(code, 1, input);
      assert.match(err, /No password|8 to 1024 characters/);
    }
  });

  it('says what is wrong with its arguments', async () => {
    const cases: [string[], RegExp][] = [
      [[], /^Usage/],
      [['dance'], /^Usage/],
      [['add', 'bob', password, ...accounts], /^Usage/],
      [['add', 'bob'], /Say where the accounts are/],
      [['add', ...accounts], /Say the name/],
      [['add', 'a\nb', ...accounts], /Say the name/],
      [['passwd', 'nobody', ...accounts], /nobody has no account/],
      [['import-course', ...accounts], /--redis/],
    ];
    for (const [args, message] of cases) await assert.rejects(user(args), { message });
  });

  it('prints its usage, and no stack', async () => {
    assert.match((await userCommand(['--help'])).out, /^Usage/);
    const { code, err } = await userCommand(['dance']);
    assert.equal(code, 1);
    assert.match(err, /^Usage/);
    assert.doesNotMatch(err, / {4}at /);
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
