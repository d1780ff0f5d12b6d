import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { examplesOf, protocolPage, sectionOf } from '../../test/helpers/protocol-examples.js';
import { CloseCode } from '../hub/connection.js';
import { readClientMessage } from './client-message.js';
import { endReasons, wireErrorCodes, type ClientMessage, type ServerMessage } from './messages.js';
import { readServerMessage } from './server-message.js';

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

/** The first column of a section's table. */
const firstColumn = (title: string) =>
  [...sectionOf(title).matchAll(/^\| `?([\w-]+)`? \|/gm)]
    .map(([, cell]) => cell!)
    .filter((cell) => !/^(-+|code|reason)$/.test(cell));

const sorted = (list: Iterable<string>) => [...new Set(list)].sort();

describe('docs/protocol.md', () => {
  it('shows every message of a client as the server reads it', () => {
    const all = examplesOf('From client to server');
    for (const { type, json } of all) {
      const message = readClientMessage(json);
      assert.deepEqual(message, JSON.parse(json));
      assert.equal(message.type, type);
    }
    assert.deepEqual(sorted(all.map(({ type }) => type)), sorted(Object.keys(clientTypes)));
  });

  it('shows every message of the server as the kit reads it', () => {
    const all = examplesOf('From server to client');
    for (const { type, json } of all) {
      const message = readServerMessage(json);
      assert.deepEqual(message, JSON.parse(json));
      assert.equal(message?.type, type);
    }
    assert.deepEqual(sorted(all.map(({ type }) => type)), sorted(Object.keys(serverTypes)));
  });

  it('has no example that is not read', () => {
    const read =
      examplesOf('From client to server').length + examplesOf('From server to client').length;
    assert.equal([...protocolPage.matchAll(/^```json$/gm)].length, read);
  });

  it('names every error code, reason and close code', () => {
    assert.deepEqual(sorted(firstColumn('Error codes')), sorted(wireErrorCodes));
    assert.deepEqual(sorted(firstColumn('Reasons')), sorted(endReasons));
    const closeCodes = firstColumn('Close codes');
    for (const code of Object.values(CloseCode))
      assert.ok(closeCodes.includes(`${code}`), `${code}`);
  });
});
