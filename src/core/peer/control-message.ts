import { callId, description, flag, isObject, misfit, reason, text } from '../../protocol/check.js';
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

const shapes = new Map<unknown, Parameters<typeof misfit>[0]>([
  ['offer', { offer: description }],
  ['answer', { answer: description }],
  ['candidate', { candidate: (value) => isObject(value) && text(value.candidate) }],
  ['media', { microphone: flag, camera: flag }],
  ['leave', { call: callId, reason }],
  ['received', { count: Number.isInteger }],
]);

/** @returns undefined for what is no such message: it is passed over */
export function readControlMessage(data: unknown): ControlMessage | undefined {
  try {
    const message: unknown = JSON.parse(data as string);
    if (!isObject(message)) return undefined;
    const shape = shapes.get(message.type);
    return shape && !misfit(shape, message) ? (message as ControlMessage) : undefined;
  } catch {
    return undefined;
  }
}
