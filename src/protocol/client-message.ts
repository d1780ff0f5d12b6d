import {
  commonFields,
  flag,
  isObject,
  optional,
  order,
  text,
  type Fields,
  type Test,
} from './check.js';
import { guard, type Guard } from './guard.js';
import {
  MAX_DEPTH,
  MAX_FRAME_BYTES,
  MAX_PASSWORD_LENGTH,
  MAX_SEARCH_LENGTH,
  MAX_TOKEN_LENGTH,
  ROSTER_PAGE_SIZE,
} from './limits.js';
import type { ClientMessage, WireErrorCode } from './messages.js';

const anything = (value: unknown) => value !== undefined;

const textUpTo =
  (length: number): Test =>
  (value) =>
    text(value) && (value as string).length <= length;

const fields: Fields = {
  ...commonFields,
  hello: (hello) =>
    isObject(hello) && Number.isInteger(hello.version) && optional(Number.isFinite)(hello.at),
  password: textUpTo(MAX_PASSWORD_LENGTH),
  token: textUpTo(MAX_TOKEN_LENGTH),
  on: flag,
  search: (value) =>
    textUpTo(2 * MAX_SEARCH_LENGTH)(value) && [...(value as string)].length <= MAX_SEARCH_LENGTH,
  limit: (value) =>
    Number.isInteger(value) && (value as number) >= 1 && (value as number) <= ROSTER_PAGE_SIZE,
  caller: flag,
  accepted: flag,
};

/** Of the course's messages, descriptions and candidates are relayed unread. */
const courseFields: Fields = { ...fields, offer: anything, answer: anything };

/** A name that is none is refused in the answer to the login. */
const loginFields: Fields = { ...fields, name: anything };

/** What clients may send. */
const shapes: [type: string, Fields, shape: string][] = [
  ['login', loginFields, 'name hello? resume? password? token?'],
  ['offer', courseFields, 'name offer call? fresh?' + order],
  ['answer', courseFields, 'name answer call?' + order],
  ['candidate', courseFields, 'name call?' + order],
  ['leave', fields, 'name call? reason?' + order],
  ['call', fields, 'name call kind offer?' + order],
  ['accept', fields, 'name call answer?' + order],
  ['decline', fields, 'name call reason?' + order],
  ['busy', fields, 'name call' + order],
  ['cancel', fields, 'name call reason?' + order],
  ['ack', fields, 'name link seq'],
  ['announce', fields, 'name call kind caller accepted'],
  ['watch', fields, 'on search? limit?'],
  ['token', fields, 'token'],
  ['beat', fields, 'type'],
];

/** What is wrong with a message, by its type: made once, and asked with every frame. */
const guards = new Map<unknown, Guard>(shapes.map(([type, of, shape]) => [type, guard(of, shape)]));

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
 * @param maxBytes most bytes that it may have
 * @throws {BadFrame} when it is too large, not JSON, nested too deep, of an unknown type, or
 * when a field does not fit.
 */
export function readClientMessage(frame: string, maxBytes = MAX_FRAME_BYTES): ClientMessage {
  if (frame.length > maxBytes || utf8Length(frame, maxBytes) > maxBytes) {
    throw new BadFrame('frame-too-large', `A frame may hold ${maxBytes} bytes`);
  }
  if (deeperThan(MAX_DEPTH, frame)) {
    throw new BadFrame('bad-message', `A message may be nested ${MAX_DEPTH} levels deep`);
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
  const misfit = guards.get(message.type);
  if (!misfit)
    throw new BadFrame('unknown-type', `Command not found: ${message.type.slice(0, 64)}`);
  const field = misfit(message);
  if (field) {
    throw new BadFrame('bad-message', `The field "${field}" of "${message.type}" is wrong`);
  }
  return message as unknown as ClientMessage;
}

function utf8Length(text: string, limit: number): number {
  // Only a text whose every unit could still fit needs the exact count.
  return text.length * 3 <= limit ? text.length : new TextEncoder().encode(text).length;
}

/**
 * Whether JSON nests deeper than that, told from its text: to parse what nests thousands deep takes
 * forty times as long as any other frame.
 */
function deeperThan(limit: number, json: string): boolean {
  let depth = 0;
  for (let at = 0; at < json.length; at++) {
    switch (json.charCodeAt(at)) {
      case 0x22: // "
        at = endOfString(json, at);
        break;
      case 0x5b: // [
      case 0x7b: // {
        if (++depth > limit) return true;
        break;
      case 0x5d: // ]
      case 0x7d: // }
        depth--;
    }
  }
  return false;
}

/** Where the string ends that begins there: at a quote with no backslash of its own before it. */
function endOfString(json: string, start: number): number {
  for (let at = json.indexOf('"', start + 1); at > 0; at = json.indexOf('"', at + 1)) {
    let before = at;
    while (json[before - 1] === '\\') before--;
    if ((at - before) % 2 === 0) return at;
  }
  return json.length;
}
