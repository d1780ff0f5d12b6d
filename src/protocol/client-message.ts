import { MAX_NAME_UNITS } from './basics.js';
import { anything, commonReaders, order } from './fields.js';
import {
  MAX_DEPTH,
  MAX_FRAME_BYTES,
  MAX_PASSWORD_LENGTH,
  MAX_SEARCH_LENGTH,
  MAX_TOKEN_LENGTH,
  ROSTER_PAGE_SIZE,
} from './limits.js';
import type { ClientMessage, WireErrorCode } from './messages.js';
import {
  codePointsUpTo,
  finite,
  flag,
  integer,
  isObject,
  MISFIT,
  messageShape,
  objectOf,
  textUpTo,
} from './shape.js';
import type { Readers, Shape } from './shape.js';

const hello: Readers = { version: integer(0, 2 ** 32), at: finite };

const readers: Readers = {
  ...commonReaders,
  hello: objectOf(hello, 'version at?'),
  /** A token of the server's, signed where it has accounts. */
  resume: textUpTo(256),
  password: textUpTo(MAX_PASSWORD_LENGTH),
  token: textUpTo(MAX_TOKEN_LENGTH),
  on: flag,
  search: codePointsUpTo(MAX_SEARCH_LENGTH),
  limit: integer(1, ROSTER_PAGE_SIZE),
  caller: flag,
  accepted: flag,
};

/** A basic client's descriptions and candidates are relayed unread, and kept nowhere. */
const courseReaders: Readers = {
  ...readers,
  offer: anything,
  answer: anything,
  candidate: (value) => value,
};

/** A name that is none becomes the empty one, which is refused in the answer to the login. */
const loginReaders: Readers = {
  ...readers,
  name: (value) => {
    if (value === undefined) return MISFIT;
    return typeof value === 'string' && value.length <= MAX_NAME_UNITS ? value : '';
  },
};

/** The messages that clients may send: the shape of each type. */
const shapes = new Map<unknown, Shape>([
  ['login', messageShape(loginReaders, 'name hello? resume? password? token?')],
  ['offer', messageShape(readers, 'name offer call fresh?' + order)],
  ['answer', messageShape(readers, 'name answer call' + order)],
  ['candidate', messageShape(readers, 'name candidate? call' + order)],
  ['leave', messageShape(readers, 'name call? reason?' + order)],
  ['call', messageShape(readers, 'name call kind offer?' + order)],
  ['accept', messageShape(readers, 'name call answer?' + order)],
  ['decline', messageShape(readers, 'name call reason?' + order)],
  ['busy', messageShape(readers, 'name call' + order)],
  ['cancel', messageShape(readers, 'name call reason?' + order)],
  ['ack', messageShape(readers, 'name link seq')],
  ['announce', messageShape(readers, 'name call kind caller accepted')],
  ['watch', messageShape(readers, 'on search? limit?')],
  ['token', messageShape(readers, 'token')],
  ['beat', messageShape(readers, '')],
]);

/** The same for a basic client, which names no call. */
const courseShapes = new Map<unknown, Shape>([
  ['offer', messageShape(courseReaders, 'name offer' + order)],
  ['answer', messageShape(courseReaders, 'name answer' + order)],
  ['candidate', messageShape(courseReaders, 'name candidate?' + order)],
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
  const { type, call } = message;
  const read = (call === undefined && courseShapes.get(type)) || shapes.get(type);
  if (!read) throw new BadFrame('unknown-type', `Command not found: ${type.slice(0, 64)}`);
  const kept = read(message);
  if (typeof kept === 'string') {
    throw new BadFrame('bad-message', `The field "${kept}" of "${type}" is wrong`);
  }
  return kept as unknown as ClientMessage;
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
  // Most frames open no more than that in all.
  if (count('{', json, limit) + count('[', json, limit) <= limit) return false;
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

/** How often a character is there; counts to one more than the limit. */
function count(character: string, text: string, limit: number): number {
  let found = 0;
  for (let at = text.indexOf(character); at >= 0; at = text.indexOf(character, at + 1)) {
    if (++found > limit) break;
  }
  return found;
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
