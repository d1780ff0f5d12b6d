import {
  commonFields,
  flag,
  isObject,
  listOf,
  misfit,
  order,
  optional,
  text,
  type Fields,
} from './check.js';
import type { ServerMessage } from './messages.js';

const fields: Fields = {
  ...commonFields,
  success: flag,
  epoch: text,
  code: text,
  message: text,
  iceServers: listOf(
    (server) =>
      isObject(server) &&
      (text(server.urls) || listOf(text)(server.urls)) &&
      optional(text)(server.username) &&
      optional(text)(server.credential),
  ),
  plain: flag,
  more: flag,
  total: Number.isFinite,
  search: text,
  retryAfter: Number.isFinite,
  seconds: Number.isFinite,
  names: listOf(text),
  online: listOf(text),
  offline: listOf(text),
};

/** What a server may send. */
const shapes = new Map<unknown, string>(
  Object.entries({
    login: 'success code? iceServers? retryAfter?',
    offer: 'name offer call? fresh?',
    answer: 'name answer call?',
    candidate: 'name candidate? call?',
    leave: 'name call? reason?',
    call: 'name call kind offer? plain?',
    ringing: 'name call plain?',
    accept: 'name call answer?',
    decline: 'name call reason?',
    busy: 'name call',
    cancel: 'name call reason?',
    token: 'success code?',
    'token-expiring': 'seconds',
    ack: 'name link seq',
    beat: 'type',
    'ice-servers': 'iceServers',
    away: 'name',
    back: 'name',
    roster: 'names more total? search?',
    presence: 'online offline total? search?',
    error: 'code? message call?',
  }),
);

/** An accepted login says who one is now; a refused one need not. */
const accepted = 'name epoch resume?';

/**
 * Reads one frame from a server.
 * @returns undefined when it is not JSON, of a type this version does not know, or misshapen:
 * a client goes on without it.
 */
export function readServerMessage(frame: unknown): ServerMessage | undefined {
  let message: unknown;
  try {
    message = JSON.parse(frame as string);
  } catch {
    return undefined;
  }
  if (!isObject(message)) return undefined;
  const shape = shapes.get(message.type);
  if (!shape || misfit(fields, shape + order, message)) return undefined;
  const welcome = message.type === 'login' && message.success;
  if (welcome && misfit(fields, accepted, message)) return undefined;
  return message as unknown as ServerMessage;
}
