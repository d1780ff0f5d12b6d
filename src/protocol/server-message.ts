import { commonReaders, order } from './fields.js';
import { MAX_SERVER_FRAME_LENGTH } from './limits.js';
import type { ServerMessage } from './messages.js';
import {
  finite,
  flag,
  integer,
  listOf,
  matching,
  messageShape,
  objectOf,
  readFrame,
  textUpTo,
} from './shape.js';
import type { Readers, Shape } from './shape.js';

/** Names in one message: more than any server sends. */
const names = listOf(commonReaders.name!, 10_000);

const url = textUpTo(1024);
const urls = listOf(url, 32);

const iceServer = objectOf(
  {
    urls: (value) => (Array.isArray(value) ? urls(value) : url(value)),
    username: textUpTo(1024),
    credential: textUpTo(1024),
  },
  'urls username? credential?',
);

const readers: Readers = {
  ...commonReaders,
  success: flag,
  epoch: textUpTo(64),
  resume: textUpTo(256),
  resumed: flag,
  /** A newer server may know more codes. */
  code: matching(/^[a-z-]{1,64}$/),
  message: textUpTo(1024),
  iceServers: listOf(iceServer, 32),
  plain: flag,
  more: flag,
  total: integer(0, Number.MAX_SAFE_INTEGER),
  /** As the server has folded it: case folding may make it longer than what was asked. */
  search: textUpTo(4096),
  retryAfter: finite,
  seconds: finite,
  names,
  online: names,
  offline: names,
};

const accepted = messageShape(readers, 'success name epoch resume? resumed? iceServers?');

const refused = messageShape(readers, 'success code? message? retryAfter?');

/** An accepted login holds the name; a refused login need not. */
const login: Shape = (message) => (message.success === true ? accepted : refused)(message);

/** The messages that a server may send: the shape of each type. */
const shapes = new Map<unknown, Shape>([
  ['login', login],
  ['offer', messageShape(readers, 'name offer call? fresh?' + order)],
  ['answer', messageShape(readers, 'name answer call?' + order)],
  ['candidate', messageShape(readers, 'name candidate? call?' + order)],
  ['leave', messageShape(readers, 'name call? reason?' + order)],
  ['call', messageShape(readers, 'name call kind offer? plain?' + order)],
  ['ringing', messageShape(readers, 'name call plain?' + order)],
  ['accept', messageShape(readers, 'name call answer?' + order)],
  ['decline', messageShape(readers, 'name call reason?' + order)],
  ['busy', messageShape(readers, 'name call' + order)],
  ['cancel', messageShape(readers, 'name call reason?' + order)],
  ['token', messageShape(readers, 'success code? message?')],
  ['token-expiring', messageShape(readers, 'seconds')],
  ['ack', messageShape(readers, 'name link seq')],
  ['beat', messageShape(readers, '')],
  ['ice-servers', messageShape(readers, 'iceServers')],
  ['away', messageShape(readers, 'name')],
  ['back', messageShape(readers, 'name')],
  ['roster', messageShape(readers, 'names more total? search?')],
  ['presence', messageShape(readers, 'online offline total? search?')],
  ['error', messageShape(readers, 'code? message call?' + order)],
]);

/**
 * Reads one frame from a server.
 * @returns the message with the fields that this version knows; undefined when the frame is not
 * JSON, of a type this version does not know, or misshapen: a client goes on without it.
 */
export function readServerMessage(frame: unknown): ServerMessage | undefined {
  return readFrame(frame, shapes, MAX_SERVER_FRAME_LENGTH) as ServerMessage | undefined;
}
