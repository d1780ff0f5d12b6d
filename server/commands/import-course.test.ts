import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { ownRedis } from '../../test/helpers/redis.js';
import { ServerProgram } from '../../test/helpers/server-program.js';
import { userCommand } from '../../test/helpers/user-command.js';
import { WsClient } from '../../test/helpers/ws-client.js';

const folder = mkdtempSync(join(tmpdir(), 'rtc-widgets-course-'));
const own = ownRedis();
after(() => rmSync(folder, { recursive: true }));

/** Ends when the line is there. */
async function logged(program: ServerProgram, words: RegExp): Promise<void> {
  while (!words.test(program.err)) await once(program.process.stderr!, 'data');
}

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
    userCommand(['import-course', '--redis', own.redis.url, '--accounts', where]);

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
    assert.equal((await bob.ask({ type: 'login', name: 'bob', password: 'x' })).success, true);
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
