import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { it } from 'node:test';
import { ServerProgram } from '../../test/helpers/server-program.js';

it('turn-config writes the configuration, where only its owner may read the secret', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'rtc-widgets-turn-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const secret = join(folder, 'secret');
  const out = join(folder, 'turnserver.conf');
  writeFileSync(secret, '0123456789abcdef\n');
  const flags = ['turn-config', '--realm', 'turn.example.org', '--turn-secret-file', secret];

  const written = new ServerProgram([...flags, '--out', out]);
  assert.equal(await written.ended(), 0, written.err);
  assert.equal(statSync(out).mode & 0o777, 0o600);
  assert.match(readFileSync(out, 'utf8'), /^static-auth-secret=0123456789abcdef$/m);

  const printed = new ServerProgram(flags);
  assert.equal(await printed.ended(), 0, printed.err);
  assert.equal(printed.out, readFileSync(out, 'utf8'));

  for (const [wrong, words] of [
    [['turn-config'], /--realm and --turn-secret-file are needed/],
    [[...flags, '--cert', 'a'], /go together/],
    [[...flags, '--relay-ip', 'turn.example.org'], /must be one of IPv4/],
    [[...flags, '--out', out], /exists/],
  ] as const) {
    const program = new ServerProgram([...wrong]);
    assert.equal(await program.ended(), 1);
    assert.match(program.err, words);
  }
});
