import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { MAX_CONTROL_LENGTH, readControlMessage, type ControlMessage } from './control-message.js';

const read = (message: unknown) => readControlMessage(JSON.stringify(message));

const messages: ControlMessage[] = [
  { type: 'offer', offer: { type: 'offer', sdp: 'v=0' } },
  { type: 'answer', answer: { type: 'answer', sdp: 'v=0' } },
  { type: 'candidate', candidate: { candidate: 'candidate:1', sdpMid: '0' } },
  { type: 'media', microphone: true, camera: false },
  { type: 'leave', call: 'id' },
  { type: 'leave', call: 'id', reason: 'hung-up' },
  { type: 'received', count: 3 },
  { type: 'slots', slots: [] },
  {
    type: 'slots',
    slots: [
      { mid: '0', slot: 'microphone' },
      { mid: '2', slot: 'screen' },
    ],
  },
];

for (const message of messages) {
  test(`${JSON.stringify(message)} passes as it is`, () => {
    assert.deepEqual(read(message), message);
  });
}

for (const message of [
  null,
  7,
  'media',
  [],
  {},
  { type: 'unheard of' },
  { type: '__proto__' },
  { type: 'offer' },
  { type: 'offer', offer: { type: 'unheard of', sdp: '' } },
  { type: 'offer', offer: { type: 'offer', sdp: 7 } },
  { type: 'candidate', candidate: { candidate: 7 } },
  { type: 'media', microphone: 1, camera: 0 },
  { type: 'leave', call: '' },
  { type: 'leave', call: 'id', reason: 'unheard of' },
  { type: 'received', count: 0.5 },
  { type: 'received', count: '3' },
  { type: 'slots' },
  { type: 'slots', slots: { 0: 'camera' } },
  { type: 'slots', slots: Array(17).fill({ mid: '0', slot: 'camera' }) },
]) {
  test(`${JSON.stringify(message)} is passed over`, () => {
    assert.equal(read(message), undefined);
  });
}

test('passes over a slot that it does not know, and reads the others', () => {
  const camera = { mid: '1', slot: 'camera' };
  const others = [{ mid: '0', slot: 'hologram' }, { mid: 7, slot: 'screen' }, { mid: '2' }, null];
  assert.deepEqual(read({ type: 'slots', slots: [...others, camera] }), {
    type: 'slots',
    slots: [camera],
  });
});

test('ignores a message longer than any of the kit', () => {
  const offer = (length: number) => ({
    type: 'offer',
    offer: { type: 'offer', sdp: 'x'.repeat(length) },
  });
  const rest = JSON.stringify(offer(0)).length;
  assert.ok(read(offer(MAX_CONTROL_LENGTH - rest)));
  assert.equal(read(offer(MAX_CONTROL_LENGTH - rest + 1)), undefined);
});

test('ignores a message that is no JSON, or no text', () => {
  for (const data of ['', '{', new ArrayBuffer(4), undefined]) {
    assert.equal(readControlMessage(data), undefined);
  }
});

test('nothing that arrives can make it throw', () => {
  fc.assert(
    fc.property(fc.oneof(fc.json(), fc.string(), fc.anything()), (data) => {
      readControlMessage(data);
    }),
  );
});
