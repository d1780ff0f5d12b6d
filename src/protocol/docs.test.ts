import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { CloseCode } from '../hub/connection.js';
import { readClientMessage } from './client-message.js';
import { endReasons, wireErrorCodes, type ClientMessage, type ServerMessage } from './messages.js';
import { readServerMessage } from './server-message.js';

const doc = readFileSync(new URL('../../docs/protocol.md', import.meta.url), 'utf8');

// Spelled out, and checked by the compiler to be complete.
const clientTypes: Record<ClientMessage['type'], true> = {
  login: true,
  token: true,
  offer: true,
  answer: true,
  candidate: true,
  leave: true,
  call: true,
  accept: true,
  decline: true,
  busy: true,
  cancel: true,
  ack: true,
  announce: true,
  watch: true,
  beat: true,
};
const serverTypes: Record<ServerMessage['type'], true> = {
  login: true,
  token: true,
  'token-expiring': true,
  offer: true,
  answer: true,
  candidate: true,
  leave: true,
  call: true,
  ringing: true,
  ack: true,
  beat: true,
  accept: true,
  decline: true,
  busy: true,
  cancel: true,
  away: true,
  back: true,
  roster: true,
  presence: true,
  'ice-servers': true,
  error: true,
};

/** The text under a heading of the second level. */
function section(title: string): string {
  const found = doc.split(/^## /m).find((text) => text.startsWith(`${title}\n`));
  assert.ok(found, `No section "${title}"`);
  return found;
}

/** The examples of a section, by the heading that they stand under. */
function examples(title: string): { type: string; json: string }[] {
  return section(title)
    .split(/^### /m)
    .slice(1)
    .flatMap((text) => {
      const type = text.slice(0, text.indexOf('\n'));
      return [...text.matchAll(/^```json\n(.*?)^```$/gms)].map(([, json]) => ({
        type,
        json: json!,
      }));
    });
}

/** The first column of a section's table. */
const firstColumn = (title: string) =>
  [...section(title).matchAll(/^\| `?([\w-]+)`? \|/gm)]
    .map(([, cell]) => cell!)
    .filter((cell) => !/^(-+|code|reason)$/.test(cell));

const sorted = (list: Iterable<string>) => [...new Set(list)].sort();

describe('docs/protocol.md', () => {
  it('shows every message of a client as the server reads it', () => {
    const all = examples('From client to server');
    for (const { type, json } of all) {
      const message = readClientMessage(json);
      assert.deepEqual(message, JSON.parse(json));
      assert.equal(message.type, type);
    }
    assert.deepEqual(sorted(all.map(({ type }) => type)), sorted(Object.keys(clientTypes)));
  });

  it('shows every message of the server as the kit reads it', () => {
    const all = examples('From server to client');
    for (const { type, json } of all) {
      const message = readServerMessage(json);
      assert.deepEqual(message, JSON.parse(json));
      assert.equal(message?.type, type);
    }
    assert.deepEqual(sorted(all.map(({ type }) => type)), sorted(Object.keys(serverTypes)));
  });

  it('has no example that is not read', () => {
    const read =
      examples('From client to server').length + examples('From server to client').length;
    assert.equal([...doc.matchAll(/^```json$/gm)].length, read);
  });

  it('names every error code, reason and close code', () => {
    assert.deepEqual(sorted(firstColumn('Error codes')), sorted(wireErrorCodes));
    assert.deepEqual(sorted(firstColumn('Reasons')), sorted(endReasons));
    const closeCodes = firstColumn('Close codes');
    for (const code of Object.values(CloseCode))
      assert.ok(closeCodes.includes(`${code}`), `${code}`);
  });
});
