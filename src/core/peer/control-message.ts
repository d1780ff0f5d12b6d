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

/** @returns undefined for what is no such message: it is passed over */
export function readControlMessage(data: unknown): ControlMessage | undefined {
  try {
    const message: unknown = JSON.parse(data as string);
    if (!isObject(message)) return undefined;
    const shape = shapes.get(message.type);
    return shape && !misfit(fields, shape, message) ? (message as ControlMessage) : undefined;
  } catch {
    return undefined;
  }
}
