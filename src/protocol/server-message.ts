import {
  anything,
  callId,
  callKind,
  description,
  flag,
  isObject,
  listOf,
  misfit,
  oneOf,
  optional,
  reason,
  text,
  type Shape,
  type Shapes,
} from './check.js';
import type { ServerMessage } from './messages.js';

const name = { name: text };
const aboutCall = { name: text, call: callId };
const maybeCall = { name: text, call: optional(callId) };

const iceServers = listOf(
  (server) =>
    isObject(server) &&
    (text(server.urls) || listOf(text)(server.urls)) &&
    optional(text)(server.username) &&
    optional(text)(server.credential),
);

/** What a server may send. */
const shapes: Shapes = new Map<string, Shape>([
  ['login', { success: flag, code: optional(text), iceServers: optional(iceServers) }],
  ['offer', { ...maybeCall, offer: description }],
  ['answer', { ...maybeCall, answer: description }],
  ['candidate', { ...maybeCall, candidate: optional((c) => c === null || isObject(c)) }],
  ['leave', { ...maybeCall, reason }],
  ['call', { ...aboutCall, kind: callKind, offer: optional(description), plain: optional(flag) }],
  ['ringing', { ...aboutCall, plain: optional(flag) }],
  ['accept', { ...aboutCall, answer: optional(description) }],
  ['decline', { ...aboutCall, reason }],
  ['busy', aboutCall],
  ['cancel', { ...aboutCall, reason }],
  ['away', name],
  ['back', name],
  ['roster', { names: listOf(text), more: flag }],
  ['presence', { online: listOf(text), offline: listOf(text) }],
  ['error', { code: optional(text), message: text, call: optional(callId) }],
]);

/** An accepted login says who one is now; a refused one need not. */
const accepted = { name: text, epoch: anything, resume: optional(text), success: oneOf(true) };

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
  const shape = shapes.get(message.type as string);
  if (!shape || misfit(shape, message)) return undefined;
  if (message.type === 'login' && message.success && misfit(accepted, message)) return undefined;
  return message as unknown as ServerMessage;
}
