import fc from 'fast-check';
import type { ClientMessage, ServerMessage } from '../../src/protocol/messages.js';

/** Names that people have, that objects have, and that look like others. */
export const names = [
  'alice',
  'Alice',
  'bob',
  '__proto__',
  'constructor',
  'toString',
  'Zoë',
  'Zoe\u0308',
  '👩‍👩‍👧',
  'محمد',
  'e\u0301\u0327',
] as const;

const name = fc.oneof(fc.constantFrom(...names), fc.string({ unit: 'grapheme' }));
const call = fc.stringMatching(/^[\w-]{1,64}$/);
const reason = fc.constantFrom(
  ...(['hung-up', 'declined', 'busy', 'cancelled', 'no-answer', 'failed'] as const),
);
const kind = fc.constantFrom(...(['video', 'voice', 'chat'] as const));
const description = (type: 'offer' | 'answer') =>
  fc.record({ type: fc.constant(type), sdp: fc.string() });
const content = fc.jsonValue({ maxDepth: 3 });
const candidate = fc.option(fc.record({ candidate: fc.string(), sdpMid: fc.string() }));

/** A message of one type: fields that are always there, and fields that may be. */
function message<M>(
  type: string,
  always: Record<string, fc.Arbitrary<unknown>>,
  perhaps: Record<string, fc.Arbitrary<unknown>> = {},
): fc.Arbitrary<M> {
  const fields = { type: fc.constant(type), ...always, ...perhaps };
  const requiredKeys = ['type', ...Object.keys(always)] as (keyof typeof fields)[];
  // As it is after a trip over the wire: -0 does not travel.
  return fc.record(fields, { requiredKeys }).map((value) => JSON.parse(JSON.stringify(value)) as M);
}

const link = fc.constantFrom('link-1', 'link-2');
const seq = fc.integer({ min: 0, max: 9 });
const order = { link, seq, after: seq };

/** Every message that a client may send, as its type says. */
export const clientMessage: fc.Arbitrary<ClientMessage> = fc.oneof(
  message<ClientMessage>(
    'login',
    { name },
    {
      hello: fc.record({ version: fc.nat(), at: fc.nat(3) }, { requiredKeys: ['version'] }),
      resume: fc.string(),
      password: fc.string(),
      token: fc.string(),
    },
  ),
  message<ClientMessage>(
    'offer',
    { name, offer: description('offer'), call },
    { fresh: fc.boolean(), ...order },
  ),
  message<ClientMessage>('answer', { name, answer: description('answer'), call }, order),
  message<ClientMessage>('candidate', { name, call }, { candidate, ...order }),
  // The same from a basic client.
  message<ClientMessage>('offer', { name, offer: content }, order),
  message<ClientMessage>('answer', { name, answer: content }, order),
  message<ClientMessage>('candidate', { name }, { candidate: content, ...order }),
  message<ClientMessage>('leave', { name }, { call, reason, ...order }),
  message<ClientMessage>('call', { name, call, kind }, { offer: description('offer'), ...order }),
  message<ClientMessage>('accept', { name, call }, { answer: description('answer'), ...order }),
  message<ClientMessage>('decline', { name, call }, { reason, ...order }),
  message<ClientMessage>('busy', { name, call }, order),
  message<ClientMessage>('cancel', { name, call }, { reason, ...order }),
  message<ClientMessage>('ack', { name, link, seq }),
  message<ClientMessage>('announce', {
    name,
    call,
    kind,
    caller: fc.boolean(),
    accepted: fc.boolean(),
  }),
  message<ClientMessage>('token', { token: fc.string() }),
  message<ClientMessage>('beat', {}),
  message<ClientMessage>(
    'watch',
    { on: fc.boolean() },
    {
      search: fc.string({ unit: 'grapheme', maxLength: 8 }),
      limit: fc.integer({ min: 1, max: 200 }),
    },
  ),
);

const flag = fc.boolean();
const code = fc.constantFrom('bad-json', 'name-taken', 'a-code-of-tomorrow');
const iceServers = fc.array(
  fc.record(
    { urls: fc.oneof(fc.string(), fc.array(fc.string())), username: fc.string() },
    { requiredKeys: ['urls'] },
  ),
);

const found = { total: fc.nat(), search: fc.string() };

/** Every message that a server may send, as its type says. */
export const serverMessage: fc.Arbitrary<ServerMessage> = fc.oneof(
  message<ServerMessage>(
    'login',
    { success: fc.constant(true), name, epoch: fc.string() },
    { resume: fc.string(), resumed: flag, iceServers },
  ),
  message<ServerMessage>(
    'login',
    { success: fc.constant(false) },
    { code, message: fc.string(), retryAfter: fc.nat() },
  ),
  message<ServerMessage>('token', { success: flag }, { code, message: fc.string() }),
  message<ServerMessage>('token-expiring', { seconds: fc.nat() }),
  message<ServerMessage>(
    'offer',
    { name, offer: description('offer') },
    { call, fresh: flag, ...order },
  ),
  message<ServerMessage>('ack', { name, link, seq }),
  message<ServerMessage>('beat', {}),
  message<ServerMessage>('ice-servers', { iceServers }),
  message<ServerMessage>('answer', { name, answer: description('answer') }, { call }),
  message<ServerMessage>('candidate', { name }, { candidate, call }),
  message<ServerMessage>('leave', { name }, { call, reason }),
  message<ServerMessage>(
    'call',
    { name, call, kind },
    { offer: description('offer'), plain: flag },
  ),
  message<ServerMessage>('ringing', { name, call }, { plain: flag }),
  message<ServerMessage>('accept', { name, call }, { answer: description('answer') }),
  message<ServerMessage>('decline', { name, call }, { reason }),
  message<ServerMessage>('busy', { name, call }),
  message<ServerMessage>('cancel', { name, call }, { reason }),
  message<ServerMessage>('away', { name }),
  message<ServerMessage>('back', { name }),
  message<ServerMessage>('roster', { names: fc.array(name), more: flag }, found),
  message<ServerMessage>('presence', { online: fc.array(name), offline: fc.array(name) }, found),
  message<ServerMessage>('error', { message: fc.string() }, { code, call }),
);
