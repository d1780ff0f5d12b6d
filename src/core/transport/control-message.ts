import { commonReaders } from '../../protocol/fields.js';
import type { EndReason } from '../../protocol/messages.js';
import {
  MISFIT,
  flag,
  integer,
  messageShape,
  objectOf,
  oneOf,
  readFrame,
  textUpTo,
} from '../../protocol/shape.js';
import type { Readers, Shape } from '../../protocol/shape.js';
import type { NegotiationMessage } from './negotiation.js';
import { slots, type MidSlot } from './slots.js';

/** A control message for those who lease the transport. */
export type LeaseMessage =
  /** Whether the sender can be heard and seen right now. */
  | { type: 'media'; microphone: boolean; camera: boolean }
  /** A call is over. */
  | { type: 'leave'; call: string; reason?: EndReason }
  /** How many chat messages of this transport have arrived. */
  | { type: 'received'; count: number };

/** The messages that two kit clients exchange directly, without the server. */
export type ControlMessage =
  | NegotiationMessage
  | LeaseMessage
  /** Which slot the sender sends on which media section. A client of version 0.1 sends none. */
  | { type: 'slots'; slots: MidSlot[] };

/** Most slots that are read of one message: several of each. */
const MAX_SLOTS = 16;

const readMidSlot = objectOf({ mid: textUpTo(64), slot: oneOf(...slots) }, 'mid slot');

const readers: Readers = {
  ...commonReaders,
  microphone: flag,
  camera: flag,
  count: integer(0, Number.MAX_SAFE_INTEGER),
  slots: (value) => {
    if (!Array.isArray(value) || value.length > MAX_SLOTS) return MISFIT;
    // A slot of a later version is passed over, and the others count.
    return value.map(readMidSlot).filter((item) => item !== MISFIT);
  },
};

const shapes = new Map<unknown, Shape>([
  ['offer', messageShape(readers, 'offer')],
  ['answer', messageShape(readers, 'answer')],
  ['candidate', messageShape(readers, 'candidate')],
  ['media', messageShape(readers, 'microphone camera')],
  ['leave', messageShape(readers, 'call reason?')],
  ['received', messageShape(readers, 'count')],
  ['slots', messageShape(readers, 'slots')],
]);

/** Longest message that is read, in UTF-16 units: a description of many media fits several times. */
export const MAX_CONTROL_LENGTH = 64 * 1024;

/** @returns undefined when `data` is no control message: the caller passes over it */
export function readControlMessage(data: unknown): ControlMessage | undefined {
  return readFrame(data, shapes, MAX_CONTROL_LENGTH) as ControlMessage | undefined;
}
