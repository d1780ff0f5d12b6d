import {
  groupOf,
  kindOf,
  slotOfKind,
  slots,
  type CarriedSlots,
  type MidSlot,
  type Slot,
  type SlotGroup,
  type SlotStreams,
  type SlotTracks,
} from './slots.js';

/**
 * The transceivers of one RTCPeerConnection, by slot. Two sides of a call send microphone and camera
 * on the same transceivers; each sends its screen on one of its own, unless the other's is free.
 */
export class SlotTransceivers {
  readonly #pc: RTCPeerConnection;
  readonly #fault: (error: unknown) => void;
  /** The transceivers that this side sends on. */
  readonly #sending = new Map<Slot, RTCRtpTransceiver>();
  // The streams that the partner groups the tracks by, so that sound and picture stay in step.
  readonly #local: Record<SlotGroup, MediaStream>;
  readonly #remote: Record<SlotGroup, MediaStream>;
  /** The slots that the partner announced, by mid; undefined until it has. */
  #partner: ReadonlyMap<string, Slot> | undefined;
  #carried: CarriedSlots = { sends: [], takes: [] };
  /** The track last given to each sender: `sender.track` lags until `replaceTrack` is done. */
  readonly #given = new Map<RTCRtpSender, MediaStreamTrack | null>();

  /** @param fault is told why a sender did not take a track */
  constructor(pc: RTCPeerConnection, fault: (error: unknown) => void) {
    this.#pc = pc;
    this.#fault = fault;
    this.#local = { person: new MediaStream(), screen: new MediaStream() };
    this.#remote = { person: new MediaStream(), screen: new MediaStream() };
  }

  /** Takes the partner's `slots` message. Call `place` afterwards. */
  told(all: readonly MidSlot[]): void {
    this.#partner = new Map(all.map(({ mid, slot }) => [mid, slot]));
  }

  /** The slot that this side sends on each negotiated mid. */
  get midSlots(): MidSlot[] {
    return this.#carried.sends.flatMap((slot) => {
      const mid = this.#sending.get(slot)?.mid;
      return mid ? [{ mid, slot }] : [];
    });
  }

  /** The streams that arrive now. */
  get streams(): SlotStreams {
    const arriving = this.#live.flatMap((transceiver) => this.#shown(transceiver) ?? []);
    return Object.fromEntries(arriving.map((slot) => [slot, this.#remote[groupOf(slot)]]));
  }

  /**
   * Brings transceivers, senders and streams in line with what is wanted.
   * @param offers whether this side makes the transceivers that are missing
   */
  place(carried: CarriedSlots, tracks: SlotTracks, offers: boolean): void {
    this.#carried = carried;
    for (const slot of carried.sends) this.#reserve(slot, offers);
    for (const transceiver of this.#live) {
      this.#direct(transceiver);
      this.#sort(transceiver);
      const slot = this.#sentOn(transceiver);
      if (slot) this.#give(transceiver.sender, (this.#sends(slot) && tracks[slot]) || null);
    }
  }

  get #live(): RTCRtpTransceiver[] {
    return this.#pc.getTransceivers().filter(({ direction }) => direction !== 'stopped');
  }

  #sends(slot: Slot | undefined): boolean {
    return !!slot && this.#carried.sends.includes(slot);
  }

  #takes(slot: Slot | undefined): boolean {
    return !!slot && this.#carried.takes.includes(slot);
  }

  #sentOn(transceiver: RTCRtpTransceiver): Slot | undefined {
    return slots.find((slot) => this.#sending.get(slot) === transceiver);
  }

  /** The slot that the partner sends on a transceiver. */
  #slotOf(transceiver: RTCRtpTransceiver): Slot | undefined {
    const { kind } = transceiver.receiver.track;
    if (!this.#partner) {
      const first = this.#live.find(({ receiver }) => receiver.track.kind === kind);
      return transceiver === first ? slotOfKind(kind) : undefined;
    }
    const said = this.#partner.get(transceiver.mid ?? '');
    if (said) return kindOf(said) === kind ? said : undefined;
    // The partner has not spoken of this one yet: it answers a microphone by its own.
    const own = this.#sentOn(transceiver);
    const answers = own && groupOf(own) === 'person' && ![...this.#partner.values()].includes(own);
    return answers ? own : undefined;
  }

  #shown(transceiver: RTCRtpTransceiver): Slot | undefined {
    const slot = this.#slotOf(transceiver);
    return this.#takes(slot) ? slot : undefined;
  }

  /** Finds the transceiver to send a slot on, or makes it. */
  #reserve(slot: Slot, offers: boolean): void {
    const present = this.#sending.get(slot);
    if (present && present.direction !== 'stopped') return;
    const streams = [this.#local[groupOf(slot)]];
    const free = this.#live.find((each) => !this.#sentOn(each) && this.#slotOf(each) === slot);
    if (free) {
      free.sender.setStreams(...streams);
      this.#sending.set(slot, free);
    } else if (offers) {
      const direction = directionOf(true, this.#takes(slot));
      this.#sending.set(slot, this.#pc.addTransceiver(kindOf(slot), { streams, direction }));
    }
  }

  #direct(transceiver: RTCRtpTransceiver): void {
    const own = this.#sentOn(transceiver);
    const receives = this.#takes(this.#slotOf(transceiver) ?? own);
    const direction = directionOf(this.#sends(own), receives);
    if (transceiver.direction !== direction) transceiver.direction = direction;
  }

  /** Puts what a transceiver receives into the stream of its slot, and into no other. */
  #sort(transceiver: RTCRtpTransceiver): void {
    const { track } = transceiver.receiver;
    const slot = this.#shown(transceiver);
    for (const group of ['person', 'screen'] as const) {
      if (slot && groupOf(slot) === group) this.#remote[group].addTrack(track);
      else this.#remote[group].removeTrack(track);
    }
  }

  #give(sender: RTCRtpSender, track: MediaStreamTrack | null): void {
    if ((this.#given.get(sender) ?? null) === track) return;
    this.#given.set(sender, track);
    sender.replaceTrack(track).catch(this.#fault);
  }
}

function directionOf(sends: boolean, receives: boolean): RTCRtpTransceiverDirection {
  if (sends) return receives ? 'sendrecv' : 'sendonly';
  return receives ? 'recvonly' : 'inactive';
}
