import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { readAdmission } from './accounts/flags.js';
import { defaultHubSettings } from 'rtc-widgets/hub';
import { defaultLimits } from './limits.js';
import { accessFlags } from './options/access.js';
import { limitFlags } from './options/limits.js';
import { listeningFlags } from './options/listening.js';
import { loggingFlags } from './options/logging.js';
import { turnFlags } from './options/turn.js';
import { readCommandLine, usage } from './options.js';

describe('readCommandLine', () => {
  it('has a default for everything', () => {
    const { hub, limits, help, admission, ...rest } = readCommandLine([], {});
    assert.deepEqual(admission, readAdmission({}, {}));
    assert.equal(help, false);
    assert.deepEqual(limits, defaultLimits);
    for (const [name, value] of Object.entries(hub)) {
      assert.deepEqual(value, defaultHubSettings[name as keyof typeof hub], name);
    }
    assert.deepEqual(
      Object.entries(rest).filter(([, value]) => value !== undefined),
      [
        ['host', 'localhost'],
        ['port', 9090],
        ['drain', 5000],
        ['logLevel', 'info'],
      ],
    );
    assert.equal(readCommandLine([], { HOST: '', PORT: '' }).port, 9090);
  });

  it('shows every flag, with the default that it has', () => {
    const defaults = {
      ...accessFlags,
      ...limitFlags,
      ...turnFlags,
      ...loggingFlags,
      ...listeningFlags,
    };
    for (const [flag, { default: value }] of Object.entries<{ type: string; default?: unknown }>(
      defaults,
    )) {
      assert.match(usage, new RegExp(`--${flag}\\b`), flag);
      if (typeof value !== 'string') continue;
      const text = usage.slice(usage.search(new RegExp(`^ {2}--${flag} `, 'm')));
      assert.match(text.slice(2).split(/^ {2}-/m)[0]!, new RegExp(`default: ${value}\\)`), flag);
    }
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

  it('refuses fewer than 1 session per name', () => {
    assert.equal(readCommandLine(['--sessions-per-name=3'], {}).hub.sessionsPerName, 3);
    for (const count of ['0', '-1', 'many', '1.5', '']) {
      assert.throws(() => readCommandLine([`--sessions-per-name=${count}`], {}), /number from 1/);
    }
  });

  it('refuses an invalid port', () => {
    for (const port of ['http', '-1', '65536', '9090.5', '0x10', '1e3', ' ']) {
      assert.throws(() => readCommandLine([`--port=${port}`], {}), /from 0 to 65535/, port);
    }
  });

  it('refuses limits that are none, in words', () => {
    for (const [flag, value, words] of [
      ['connections', '0', /number from 1/],
      ['idle', 'long', /number of seconds/],
      ['sign-in-time', '9999999', /number of seconds/],
      ['turn-ttl', '30', /60 seconds or more/],
      ['log-level', 'loud', /error, warn, info, debug/],
    ] as const) {
      assert.throws(() => readCommandLine([`--${flag}=${value}`], {}), words, flag);
    }
  });

  it('reads names and origins that may be given several times', () => {
    const flags = ['--server-name=a.example', '--server-name=b.example', '--frame-ancestors=*'];
    const { serverNames, frameAncestors, origins } = readCommandLine(flags, {});
    assert.deepEqual(serverNames, ['a.example', 'b.example']);
    assert.deepEqual([frameAncestors, origins], [['*'], undefined]);
  });

  it('reads bounds of bytes, and of requests from one address', () => {
    const flags = ['--bytes-per-second=1000000', '--requests-per-address=50'];
    const { limits } = readCommandLine(flags, {});
    assert.deepEqual([limits?.bytesPerSecond, limits?.requestsPerAddress], [1_000_000, 50]);
    for (const flag of flags) {
      const none = flag.replace(/=.*/, '=0');
      assert.throws(() => readCommandLine([none], {}), /number from 1/, flag);
    }
  });

  it('wants flags that belong together to come together', () => {
    assert.throws(() => readCommandLine(['--cert=a'], {}), /go together/);
    assert.throws(() => readCommandLine(['--turn-urls=turn:a'], {}), /go together/);
    assert.equal(readCommandLine(['--quiet'], {}).logLevel, undefined);
  });

  it('reads secrets from files only, long ones', (t) => {
    const folder = mkdtempSync(join(tmpdir(), 'rtc-widgets-options-'));
    t.after(() => rmSync(folder, { recursive: true }));
    const file = join(folder, 'secret');
    const read = (text: string, ...more: string[]) => {
      writeFileSync(file, text);
      return readCommandLine([`--turn-secret-file=${file}`, ...more], {}).turn;
    };
    const urls = '--turn-urls=turn:turn.example.org, turns:turn.example.org:443?transport=tcp';
    assert.deepEqual(read('0123456789abcdef\n', urls, '--turn-ttl=120'), {
      urls: ['turn:turn.example.org', 'turns:turn.example.org:443?transport=tcp'],
      secret: '0123456789abcdef',
      lifetime: 120_000,
    });
    assert.throws(() => read('short', urls), /16 characters or more/);
    assert.throws(() => read('0123456789abcdef', '--turn-urls=stun:a'), /turn: or turns:/);
    writeFileSync(file, '0123456789abcdef');
    assert.deepEqual(readCommandLine([`--metrics-token-file=${file}`], {}).metrics, {
      host: 'localhost',
      token: '0123456789abcdef',
    });
    const nowhere = `--metrics-token-file=${folder}/none`;
    assert.throws(() => readCommandLine([nowhere], {}), /metrics-token-file/);
  });
});
