import { commonReaders } from '../../protocol/fields.js';
import type { EndReason } from '../../protocol/messages.js';
import { flag, integer, isObject, messageShape } from '../../protocol/shape.js';
import type { Readers, Shape } from '../../protocol/shape.js';
import type { NegotiationMessage } from './negotiation.js';

/** What two clients of the kit say to each other directly, without the server. */
export type ControlMessage =
  | NegotiationMessage
  /** Whether one can be heard and seen right now. */
  | { type: 'media'; microphone: boolean; camera: boolean }
  /** A call is over. */
  | { type: 'leave'; call: string; reason?: EndReason }
  /** So many chat messages of this connection have arrived. */
  | { type: 'received'; count: number };

const readers: Readers = {
  ...commonReaders,
  microphone: flag,
  camera: flag,
  count: integer(0, Number.MAX_SAFE_INTEGER),
};

const shapes = new Map<unknown, Shape>([
  ['offer', messageShape(readers, 'offer')],
  ['answer', messageShape(readers, 'answer')],
  ['candidate', messageShape(readers, 'candidate')],
  ['media', messageShape(readers, 'microphone camera')],
  ['leave', messageShape(readers, 'call reason?')],
  ['received', messageShape(readers, 'count')],
]);

/** Longest message that is read, in UTF-16 units: a description of many media fits several times. */
export const MAX_CONTROL_LENGTH = 64 * 1024;

/** @returns undefined for what is no such message: it is passed over */
export function readControlMessage(data: unknown): ControlMessage | undefined {
  if (typeof data !== 'string' || data.length > MAX_CONTROL_LENGTH) return undefined;
  try {
    const message: unknown = JSON.parse(data);
    const kept = isObject(message) && shapes.get(message.type)?.(message);
    return typeof kept === 'object' ? (kept as unknown as ControlMessage) : undefined;
  } catch {
    return undefined;
  }
}
