import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { serverMessage } from '../../test/helpers/arbitraries.js';
import { readServerMessage } from './server-message.js';

const read = (message: unknown) => readServerMessage(JSON.stringify(message));

describe('readServerMessage', () => {
  it('ignores a message that it cannot read', () => {
    for (const frame of ['', 'hello', '{', 'null', '[]', '{}', '{"type":"tomorrow"}']) {
      assert.equal(readServerMessage(frame), undefined, frame);
    }
    for (const frame of [undefined, null, 1, {}, new Uint8Array(4), Symbol('frame')]) {
      assert.equal(readServerMessage(frame), undefined);
    }
  });

  it('ignores malformed fields', () => {
    const wrong = [
      { type: '__proto__' },
      { type: 'login' },
      { type: 'login', success: true },
      { type: 'login', success: true, name: 'bob' },
      { type: 'login', success: true, name: 1, epoch: '1' },
      { type: 'login', success: true, name: 'b', epoch: '1', iceServers: [{}] },
      { type: 'login', success: true, name: 'b', epoch: '1', iceServers: [{ urls: [1] }] },
      { type: 'offer', name: 'bob', offer: 'v=0' },
      { type: 'offer', name: 'bob', offer: { type: 'offer' } },
      { type: 'answer', name: 'bob', answer: { type: 'dance', sdp: '' } },
      { type: 'candidate', name: 'bob', candidate: 'candidate:1' },
      { type: 'leave' },
      { type: 'call', name: 'bob', call: '', kind: 'video' },
      { type: 'call', name: 'bob', call: '1', kind: 'smell' },
      { type: 'roster', names: [1], more: false },
      { type: 'presence', online: ['bob'] },
      { type: 'error' },
    ];
    for (const message of wrong) assert.equal(read(message), undefined, JSON.stringify(message));
  });

  it('reads a message with unknown fields, and keeps the known fields', () => {
    const message = { type: 'leave', name: 'bob' };
    assert.deepEqual(read({ ...message, tomorrow: true }), message);
  });

  it('ignores a message longer than any server sends', () => {
    assert.equal(read({ type: 'error', message: 'x'.repeat(1025) }), undefined);
    assert.equal(read({ type: 'away', name: 'x'.repeat(257) }), undefined);
    assert.equal(read({ type: 'beat', more: 'x'.repeat(1024 * 1024) }), undefined);
  });

  it('reads the end of candidates', () => {
    for (const candidate of [null, {}, { candidate: '' }]) {
      assert.ok(read({ type: 'candidate', name: 'bob', candidate }));
    }
    assert.ok(read({ type: 'candidate', name: 'bob' }));
  });

  it('accepts every message that the types allow', () => {
    fc.assert(
      fc.property(serverMessage, (message) => {
        assert.deepEqual(read(message), message);
      }),
      { numRuns: 1000 },
    );
  });

  it('never throws', () => {
    const anything = fc.oneof(fc.string({ unit: 'binary' }), fc.json(), fc.anything());
    fc.assert(
      fc.property(anything, (frame) => {
        readServerMessage(frame);
      }),
    );
    fc.assert(
      fc.property(serverMessage, fc.string(), fc.jsonValue(), (message, field, value) => {
        read({ ...message, [field]: value });
      }),
    );
  });
});
