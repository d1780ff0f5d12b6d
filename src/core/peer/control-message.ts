import { commonFields, flag, isObject, misfit, type Fields } from '../../protocol/check.js';
import type { EndReason } from '../../protocol/messages.js';
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

const fields: Fields = {
  ...commonFields,
  microphone: flag,
  camera: flag,
  count: Number.isInteger,
};

const shapes = new Map<unknown, string>(
  Object.entries({
    offer: 'offer',
    answer: 'answer',
    candidate: 'candidate',
    media: 'microphone camera',
    leave: 'call reason?',
    received: 'count',
  }),
);

/** Longest message that is read, in UTF-16 units: a description of many media fits several times. */
export const MAX_CONTROL_LENGTH = 64 * 1024;

/** @returns undefined for what is no such message: it is passed over */
export function readControlMessage(data: unknown): ControlMessage | undefined {
  if (typeof data !== 'string' || data.length > MAX_CONTROL_LENGTH) return undefined;
  try {
    const message: unknown = JSON.parse(data);
    if (!isObject(message)) return undefined;
    const shape = shapes.get(message.type);
    return shape && !misfit(fields, shape, message) ? (message as ControlMessage) : undefined;
  } catch {
    return undefined;
  }
}
