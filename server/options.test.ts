import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { readAdmission } from './accounts/flags.js';
import { readCommandLine } from './options.js';

describe('readCommandLine', () => {
  it('has a default for everything', () => {
    const expected = { help: false, quiet: false, host: 'localhost', port: 9090 };
    const hub = { iceServers: [], sessionsPerName: 1 };
    const nothing = { webRoot: undefined, bus: undefined };
    const admission = readAdmission({}, {});
    assert.deepEqual(readCommandLine([], {}), { ...expected, ...nothing, hub, admission });
    assert.equal(readCommandLine([], { HOST: '', PORT: '' }).port, 9090);
  });

  it('reads the environment, and flags before it', () => {
    const env = { HOST: '0.0.0.0', PORT: '80' };
    const { host, port } = readCommandLine([], env);
    assert.deepEqual([host, port], ['0.0.0.0', 80]);
    const flags = readCommandLine(['--host=::1', '--port', '8080'], env);
    assert.deepEqual([flags.host, flags.port], ['::1', 8080]);
  });

  it('reads ICE servers from a file, where credentials belong', (t) => {
    const folder = mkdtempSync(join(tmpdir(), 'rtc-widgets-options-'));
    t.after(() => rmSync(folder, { recursive: true }));
    const file = join(folder, 'ice.json');
    const read = (text: string) => {
      writeFileSync(file, text);
      return readCommandLine(['--ice-servers', file], {}).hub.iceServers;
    };
    const servers = [
      { urls: 'stun:stun.example.org' },
      { urls: ['turn:turn.example.org', 'turns:turn.example.org'], username: 'u', credential: 'c' },
    ];
    assert.deepEqual(read(JSON.stringify(servers)), servers);
    for (const bad of ['', '{', '{}', '[{}]', '[null]', '[{"urls":"http://example.org"}]']) {
      assert.throws(() => read(bad), /ICE servers cannot be read|must hold a JSON array/, bad);
    }
    assert.throws(() => readCommandLine(['--ice-servers', folder], {}), /cannot be read/);
  });

  it('counts sessions from one', () => {
    assert.equal(readCommandLine(['--sessions-per-name=3'], {}).hub.sessionsPerName, 3);
    for (const count of ['0', '-1', 'many', '1.5', '']) {
      assert.throws(() => readCommandLine([`--sessions-per-name=${count}`], {}), /number from 1/);
    }
  });

  it('refuses what is no port', () => {
    for (const port of ['http', '-1', '65536', '9090.5', '0x10', '1e3', ' ']) {
      assert.throws(() => readCommandLine([`--port=${port}`], {}), /from 0 to 65535/, port);
    }
  });
});
