import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readCommandLine } from './options.js';

describe('readCommandLine', () => {
  it('has a default for everything', () => {
    const expected = { help: false, quiet: false, host: 'localhost', port: 9090 };
    assert.deepEqual(readCommandLine([], {}), { ...expected, webRoot: undefined });
    assert.equal(readCommandLine([], { HOST: '', PORT: '' }).port, 9090);
  });

  it('reads the environment, and flags before it', () => {
    const env = { HOST: '0.0.0.0', PORT: '80' };
    const { host, port } = readCommandLine([], env);
    assert.deepEqual([host, port], ['0.0.0.0', 80]);
    const flags = readCommandLine(['--host=::1', '--port', '8080'], env);
    assert.deepEqual([flags.host, flags.port], ['::1', 8080]);
  });

  it('refuses what is no port', () => {
    for (const port of ['http', '-1', '65536', '9090.5', '0x10', '1e3', ' ']) {
      assert.throws(() => readCommandLine([`--port=${port}`], {}), /from 0 to 65535/, port);
    }
  });
});
