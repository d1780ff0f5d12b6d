import {
  anything,
  callId,
  callKind,
  description,
  flag,
  isObject,
  misfit,
  optional,
  reason,
  text,
  type Shape,
  type Shapes,
} from './check.js';
import { MAX_DEPTH, MAX_FRAME_BYTES } from './limits.js';
import type { ClientMessage, WireErrorCode } from './messages.js';

/** What clients may send. Descriptions of the course's messages are relayed unread. */
const shapes: Shapes = new Map<string, Shape>([
  [
    'login',
    {
      name: anything,
      hello: optional((hello) => isObject(hello) && Number.isInteger(hello.version)),
      resume: optional(text),
    },
  ],
  ['offer', { name: text, offer: anything, call: optional(callId) }],
  ['answer', { name: text, answer: anything, call: optional(callId) }],
  ['candidate', { name: text, call: optional(callId) }],
  ['leave', { name: text, call: optional(callId), reason }],
  ['call', { name: text, call: callId, kind: callKind, offer: optional(description) }],
  ['accept', { name: text, call: callId, answer: optional(description) }],
  ['decline', { name: text, call: callId, reason }],
  ['busy', { name: text, call: callId }],
  ['cancel', { name: text, call: callId, reason }],
  ['watch', { on: flag }],
]);

/** A frame that cannot be served, with a stable code and words that say what was wrong. */
export class BadFrame extends Error {
  readonly code: WireErrorCode;

  constructor(code: WireErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}

/**
 * Reads one frame from a client.
 * @throws {BadFrame} when it is too large, not JSON, nested too deep, of an unknown type, or
 * when a field does not fit.
 */
export function readClientMessage(frame: string): ClientMessage {
  if (frame.length > MAX_FRAME_BYTES || utf8Length(frame) > MAX_FRAME_BYTES) {
    throw new BadFrame('frame-too-large', `A frame may hold ${MAX_FRAME_BYTES} bytes`);
  }
  let message: unknown;
  try {
    message = JSON.parse(frame);
  } catch {
    throw new BadFrame('bad-json', 'A frame must be JSON');
  }
  if (!isObject(message) || typeof message.type !== 'string') {
    throw new BadFrame('bad-message', 'A message must be an object with a type');
  }
  if (deeperThan(MAX_DEPTH, message)) {
    throw new BadFrame('bad-message', `A message may be nested ${MAX_DEPTH} levels deep`);
  }
  const shape = shapes.get(message.type);
  if (!shape) throw new BadFrame('unknown-type', `Command not found: ${message.type}`);
  const field = misfit(shape, message);
  if (field) {
    throw new BadFrame('bad-message', `The field "${field}" of "${message.type}" is wrong`);
  }
  return message as unknown as ClientMessage;
}

function utf8Length(text: string): number {
  // Only a text whose every unit could still fit needs the exact count.
  return text.length * 3 <= MAX_FRAME_BYTES ? text.length : new TextEncoder().encode(text).length;
}

/** Looks only as deep as the limit, so that hostile nesting costs nothing here or further on. */
function deeperThan(limit: number, value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return limit === 0 || Object.values(value).some((inner) => deeperThan(limit - 1, inner));
}
