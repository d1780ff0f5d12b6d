import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { clientMessage } from '../../test/helpers/arbitraries.js';
import { BadFrame, readClientMessage } from './client-message.js';
import { MAX_DEPTH, MAX_FRAME_BYTES } from './limits.js';
import type { WireErrorCode } from './messages.js';
import { nameKey } from './name-key.js';

const frame = (message: unknown) => JSON.stringify(message);

/** The code of the refusal of a frame. */
function refusal(text: string): { code: WireErrorCode; message: string } {
  try {
    readClientMessage(text);
  } catch (error) {
    assert.ok(error instanceof BadFrame, String(error));
    return error;
  }
  throw new Error(`Accepted: ${text.slice(0, 100)}`);
}

/** A value nested that many levels deep. */
const nested = (levels: number): unknown => (levels === 0 ? 1 : [nested(levels - 1)]);

describe('readClientMessage', () => {
  it('refuses a frame that is not JSON', () => {
    for (const text of ['', 'hello', '{', "{'type':'login'}", '{"type":"login",}', '\0']) {
      assert.equal(refusal(text).code, 'bad-json', text);
    }
  });

  it('refuses JSON that is no message', () => {
    for (const text of ['null', '1', '"login"', '[]', '{}', '{"type":1}', '[{"type":"login"}]']) {
      assert.equal(refusal(text).code, 'bad-message', text);
    }
  });

  it('names an unknown command in the words of a basic client', () => {
    for (const type of ['dance', '', '__proto__', 'constructor', 'toString']) {
      const { code, message } = refusal(frame({ type }));
      assert.equal(code, 'unknown-type');
      assert.equal(message, `Command not found: ${type}`);
    }
  });

  it('says which field is wrong', () => {
    const wrong: [string, Record<string, unknown>][] = [
      ['name', { type: 'login' }],
      ['hello', { type: 'login', name: 'bob', hello: true }],
      ['hello', { type: 'login', name: 'bob', hello: { version: '1' } }],
      ['resume', { type: 'login', name: 'bob', resume: 1 }],
      ['password', { type: 'login', name: 'bob', password: 1 }],
      ['password', { type: 'login', name: 'bob', password: 'x'.repeat(1025) }],
      ['token', { type: 'login', name: 'bob', token: null }],
      ['token', { type: 'token' }],
      ['token', { type: 'token', token: 'x'.repeat(16_385) }],
      ['name', { type: 'leave' }],
      ['name', { type: 'leave', name: null }],
      ['reason', { type: 'leave', name: 'bob', reason: 'No spaces or Capitals' }],
      ['offer', { type: 'offer', name: 'bob' }],
      ['answer', { type: 'answer', name: 'bob' }],
      ['name', { type: 'candidate', name: ['bob'] }],
      ['call', { type: 'candidate', name: 'bob', call: 'a b' }],
      ['call', { type: 'call', name: 'bob', kind: 'video' }],
      ['call', { type: 'call', name: 'bob', kind: 'video', call: 'x'.repeat(65) }],
      ['kind', { type: 'call', name: 'bob', call: '1', kind: 'smell' }],
      ['offer', { type: 'call', name: 'bob', call: '1', kind: 'chat', offer: { type: 'offer' } }],
      ['answer', { type: 'accept', name: 'bob', call: '1', answer: 'v=0' }],
      ['on', { type: 'watch', on: 1 }],
    ];
    for (const [field, message] of wrong) {
      const { code, message: words } = refusal(frame(message));
      assert.equal(code, 'bad-message');
      assert.ok(words.includes(`"${field}"`), `${words} for ${frame(message)}`);
    }
  });

  it('reads a login with an invalid name as an empty name, for the hub to refuse', () => {
    for (const name of [null, 1, '', {}, 'x'.repeat(257)]) {
      const message = readClientMessage(frame({ type: 'login', name }));
      assert.deepEqual(message, { type: 'login', name: '' });
    }
  });

  it('keeps the fields of the message and of the objects in it, and no other', () => {
    const junk = { x: [{}, {}], link2: 'y' };
    const call = { name: 'bob', call: '1' };
    const kept: object[] = [
      { type: 'beat' },
      { type: 'watch', on: true },
      { type: 'offer', ...call, offer: { type: 'offer', sdp: '' } },
      { type: 'candidate', ...call, candidate: { candidate: 'c', sdpMid: '0', sdpMLineIndex: 0 } },
      { type: 'candidate', ...call, candidate: null },
      { type: 'login', name: 'bob', hello: { version: 1, at: 2 } },
    ];
    const withJunk = (value: unknown): unknown =>
      typeof value === 'object' && value !== null
        ? {
            ...Object.fromEntries(Object.entries(value).map(([k, v]) => [k, withJunk(v)])),
            ...junk,
          }
        : value;
    for (const message of kept) {
      assert.deepEqual(readClientMessage(frame(withJunk(message))), message);
    }
    // A field of another message is no field of this one.
    assert.deepEqual(readClientMessage('{"type":"beat","link":"x","name":5}'), { type: 'beat' });
  });

  it('takes 64 KiB and not a byte more', () => {
    const around = frame({ type: 'offer', name: 'bob', offer: '' }).length;
    const offer = (text: string) => frame({ type: 'offer', name: 'bob', offer: text });
    assert.ok(readClientMessage(offer('a'.repeat(MAX_FRAME_BYTES - around))));
    assert.equal(refusal(offer('a'.repeat(MAX_FRAME_BYTES - around + 1))).code, 'frame-too-large');
    assert.equal(refusal('x'.repeat(10 * MAX_FRAME_BYTES)).code, 'frame-too-large');
  });

  it('counts the bytes of UTF-8, not the characters', () => {
    const offer = (text: string) => frame({ type: 'offer', name: 'bob', offer: text });
    assert.ok(readClientMessage(offer('€'.repeat(21_000))));
    assert.equal(refusal(offer('€'.repeat(22_000))).code, 'frame-too-large');
    assert.ok(readClientMessage(offer('😀'.repeat(16_000))));
    assert.equal(refusal(offer('😀'.repeat(17_000))).code, 'frame-too-large');
  });

  it('takes 16 levels and refuses 17', () => {
    const offer = (levels: number) => frame({ type: 'offer', name: 'bob', offer: nested(levels) });
    assert.ok(readClientMessage(offer(MAX_DEPTH - 1)));
    assert.equal(refusal(offer(MAX_DEPTH)).code, 'bad-message');
  });

  it('does not count brackets in a string as nesting, however escaped', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('[', '{', '"', '\\', ']') }), (sdp) => {
        const text = frame({ type: 'offer', name: 'bob', offer: sdp + '['.repeat(100) });
        assert.ok(readClientMessage(text));
      }),
    );
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 8 }), fc.nat(2 * MAX_DEPTH), (value, levels) => {
        let offer = value;
        for (let level = 0; level < levels; level++) offer = [offer];
        const depthOf = (value: unknown): number =>
          typeof value === 'object' && value !== null
            ? 1 + Math.max(0, ...Object.values(value).map(depthOf))
            : 0;
        const text = frame({ type: 'offer', name: 'bob', offer });
        if (depthOf(offer) < MAX_DEPTH) assert.ok(readClientMessage(text));
        else assert.equal(refusal(text).code, 'bad-message');
      }),
    );
  });

  it('survives the deepest nesting that a frame can hold', () => {
    assert.equal(refusal('['.repeat(60_000)).code, 'bad-message');
    assert.equal(refusal('['.repeat(30_000) + ']'.repeat(30_000)).code, 'bad-message');
    const deep = `{"type":"offer","name":"b","offer":${'['.repeat(30_000)}${']'.repeat(30_000)}}`;
    assert.equal(refusal(deep).code, 'bad-message');
  });

  it('reads "__proto__" as a field like any other', () => {
    const text = '{"__proto__":{"name":"bob"},"type":"leave"}';
    assert.equal(refusal(text).code, 'bad-message');
  });

  it('takes no longer for the worst value of a field than for a plain value of its size', () => {
    const marks = 'a' + '\u0301'.repeat(15_900) + '\u0316'.repeat(15_900);
    const worst = [marks, '\\"'.repeat(12_000), '\ufdfa'.repeat(20_000), [marks], { a: marks }];
    const read = (text: string) => {
      try {
        const message = readClientMessage(text);
        if ('name' in message) nameKey(message.name);
      } catch (error) {
        assert.ok(error instanceof BadFrame, String(error));
      }
    };
    const fastest = (text: string) => {
      const times = Array.from({ length: 5 }, () => {
        const start = performance.now();
        read(text);
        return performance.now() - start;
      });
      return Math.min(...times);
    };
    const plain = frame({ type: 'offer', name: 'bob', offer: 'x'.repeat(60_000) });
    fastest(plain);
    const bare = fastest(plain);
    const examples = fc.sample(clientMessage, { seed: 1, numRuns: 300 });
    const fields = new Map(
      examples.flatMap((message) =>
        Object.keys(message).map((field) => [`${message.type} ${field}`, { message, field }]),
      ),
    );
    assert.ok(fields.size > 60, `${fields.size} fields`);
    for (const [what, { message, field }] of fields) {
      for (const value of worst) {
        const ratio = fastest(frame({ ...message, [field]: value })) / bare;
        // Normalising such a name took 10,000 times as long.
        assert.ok(ratio < 100, `${what}: ${ratio} times as long`);
      }
    }
  });

  it('accepts every message that the types allow', () => {
    fc.assert(
      fc.property(clientMessage, (message) => {
        assert.deepEqual(readClientMessage(frame(message)), message);
      }),
      { numRuns: 1000 },
    );
  });

  it('throws nothing but BadFrame', () => {
    const anyFrame = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.json(),
      fc
        .tuple(clientMessage, fc.string(), fc.jsonValue())
        .map(([message, field, value]) => frame({ ...message, [field]: value })),
      fc
        .tuple(clientMessage, fc.nat(), fc.string({ maxLength: 3 }))
        .map(([message, at, noise]) => splice(frame(message), at, noise)),
    );
    fc.assert(
      fc.property(anyFrame, (text) => {
        try {
          const message = readClientMessage(text);
          assert.equal(typeof message.type, 'string');
        } catch (error) {
          assert.ok(error instanceof BadFrame, String(error));
          assert.ok(error.code && error.message);
        }
      }),
      { numRuns: 2000 },
    );
  });
});

function splice(text: string, at: number, noise: string): string {
  const index = at % (text.length + 1);
  return text.slice(0, index) + noise + text.slice(index + 1);
}
