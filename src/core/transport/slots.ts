/** A thing that a transport sends, whatever its kind. */
export type Slot = 'microphone' | 'camera' | 'screen' | 'screen-audio';

/** Slots whose tracks a receiver plays in step, and so gets in one stream. */
export type SlotGroup = 'person' | 'screen';

interface SlotFacts {
  readonly kind: 'audio' | 'video';
  readonly group: SlotGroup;
}

const facts: Readonly<Record<Slot, SlotFacts>> = {
  microphone: { kind: 'audio', group: 'person' },
  camera: { kind: 'video', group: 'person' },
  screen: { kind: 'video', group: 'screen' },
  'screen-audio': { kind: 'audio', group: 'screen' },
};

/** Every slot, in the order in which their transceivers are made. */
export const slots = Object.keys(facts) as Slot[];

export const kindOf = (slot: Slot) => facts[slot].kind;
export const groupOf = (slot: Slot) => facts[slot].group;

/** The slot of a media kind at a partner that sends no `slots` message. */
export const slotOfKind = (kind: string): Slot => (kind === 'audio' ? 'microphone' : 'camera');

/** Which slot a side sends on which media section of the SDP (RFC 8843, section 15: `a=mid`). */
export interface MidSlot {
  readonly mid: string;
  readonly slot: Slot;
}

/** The slots that a lease sends, and those that it shows when the partner sends them. */
export interface CarriedSlots {
  readonly sends: readonly Slot[];
  readonly takes: readonly Slot[];
}

/** The tracks to send by slot; null sends nothing. */
export type SlotTracks = Partial<Record<Slot, MediaStreamTrack | null>>;

/** The streams that arrive. Slots of one group share a stream. */
export type SlotStreams = Readonly<Partial<Record<Slot, MediaStream>>>;
