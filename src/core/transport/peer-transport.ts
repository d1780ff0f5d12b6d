import type { Clock } from '../../time/clock.js';
import type { Description } from '../../protocol/messages.js';
import { RtcError } from '../errors.js';
import { Store } from '../store.js';
import { ControlChannel } from './control-channel.js';
import type { ControlMessage } from './control-message.js';
import { Negotiation, type NegotiationMessage } from './negotiation.js';
import { PartnerBudgets, type Budgeted } from './partner-budgets.js';
import { SlotTransceivers } from './slot-transceivers.js';
import { slots, type CarriedSlots, type SlotStreams, type SlotTracks } from './slots.js';
import {
  ChannelEvent,
  ControlEvent,
  TransportErrorEvent,
  type TransportEventMap,
} from './transport-events.js';

export interface TransportState {
  /** The state of the current RTCPeerConnection; `closed` once the transport is closed. */
  connection: RTCPeerConnectionState;
  /** Messages reach the partner without the server: the control channel is open. */
  direct: boolean;
  /** The partner is a basic client: it confirms nothing and has no control channel. */
  basic: boolean;
  /** The streams that arrive, of the slots that a lease takes. */
  streams: SlotStreams;
}

/** The interface through which a transport uses the pool that owns it. */
export interface TransportHost {
  readonly clock: Clock;
  /** The configuration of the next RTCPeerConnection: all media and data on one transport. */
  configuration(): RTCConfiguration;
  signedIn(): boolean;
  /** Sends through the server. */
  signal(message: NegotiationMessage): void;
}

export interface TransportInit {
  /** The partner, as shown. */
  readonly name: string;
  /** True for the side that asks for the connection: it offers, and is polite (decision 009). */
  readonly initiator: boolean;
  readonly basic: boolean;
}

/**
 * The connection with one session of a partner: audio, video and data channels on a single bundled
 * transport. It has one RTCPeerConnection at a time, and makes another in its place where that one
 * cannot be mended. Fires `change`, `control`, `channel` and `error`.
 */
export class PeerTransport extends Store<TransportState, TransportEventMap> {
  readonly name: string;
  readonly #host: TransportHost;
  /** They outlast an RTCPeerConnection. */
  readonly #budgets: PartnerBudgets;
  readonly #carried = new Map<string, CarriedSlots>();
  #tracks: SlotTracks = {};

  #pc!: RTCPeerConnection;
  #initiator!: boolean;
  #negotiation!: Negotiation;
  #transceivers!: SlotTransceivers;
  #control: ControlChannel | undefined;
  /** The `slots` that the partner has been told, as JSON. */
  #saidSlots!: string;
  /** The path may be dead, whatever its state says: the server is asked first. */
  #viaServer = false;
  /** Whether the last description went over the control channel. */
  #sendsDirectly = false;
  #flooded = false;

  constructor({ name, initiator, basic }: TransportInit, host: TransportHost) {
    super({ connection: 'new', direct: false, basic, streams: {} });
    this.name = name;
    this.#host = host;
    this.#budgets = new PartnerBudgets(host.clock);
    this.#open(initiator);
  }

  /** The RTCPeerConnection that there is now. */
  get pc(): RTCPeerConnection {
    return this.#pc;
  }

  /** True for the side that asked for the connection. */
  get initiator(): boolean {
    return this.#initiator;
  }

  /** Makes the first offer, which gathers nothing. */
  offer(): Promise<Description> {
    return this.#negotiation.offer();
  }

  /** Takes the answer to the first offer. */
  accepted(answer: Description): Promise<void> {
    return this.#negotiation.accepted(answer);
  }

  /** Answers the first offer. Call `establish` once the answer is sent. */
  answer(offer: Description): Promise<Description> {
    return this.#negotiation.answer(offer);
  }

  /** From here on the partner can be told of candidates and changes. */
  establish(): void {
    this.#negotiation.establish();
  }

  /** Offers another RTCPeerConnection in place of the lost one. */
  async offerAnew(): Promise<void> {
    this.#reopen(true);
    const pc = this.#pc;
    try {
      this.#send({ type: 'offer', offer: await this.offer(), fresh: true });
    } catch (error) {
      if (pc === this.#pc) this.#fault(error);
    }
  }

  /**
   * Answers the offer of another RTCPeerConnection, with another on this side.
   * @returns undefined when the partner asks for too many, or yet another has taken its place
   */
  async answerAnew(offer: Description): Promise<Description | undefined> {
    if (!this.#allows('fresh')) return undefined;
    this.#reopen(false);
    const pc = this.#pc;
    try {
      const answer = await this.answer(offer);
      return pc === this.#pc ? answer : undefined;
    } catch (error) {
      if (pc === this.#pc) throw error;
      return undefined;
    }
  }

  /** Looks for another path for the RTCPeerConnection that there is. */
  restartIce(): void {
    this.distrustPath();
    // The credentials for relays that it began with may have expired.
    this.#pc.setConfiguration(this.#host.configuration());
    this.#pc.restartIce();
  }

  /** Sends descriptions through the server until the path is known to work. */
  distrustPath(): void {
    this.#viaServer = true;
  }

  /** The partner turned out to be a basic client, whose channels may need id 0. */
  becomeBasic(): void {
    this.#control?.close();
    this.#control = undefined;
    this.update({ basic: true, direct: false });
  }

  /**
   * Sets the slots of a lease. The transport carries those of all leases together.
   * @param offers whether this side makes the transceivers that are missing: one of the two does
   */
  carry(lease: string, carried: CarriedSlots, offers: boolean): void {
    this.#carried.set(lease, carried);
    this.#place(offers);
  }

  /** Ends what a lease carries. */
  drop(lease: string): void {
    if (this.#carried.delete(lease)) this.#place();
  }

  /** Sends these tracks, without a new negotiation. Slots that are not named stay as they are. */
  setTracks(tracks: SlotTracks): void {
    this.#tracks = { ...this.#tracks, ...tracks };
    this.#place();
  }

  /** Says something to the partner directly. @returns false when there is no way to. */
  say(message: ControlMessage): boolean {
    return this.#control?.say(message) ?? false;
  }

  /** Reads a description or candidate that came through the server or directly. */
  receive(message: NegotiationMessage): void {
    if (message.type === 'candidate') {
      // A single path is enough: candidates beyond the budget are ignored.
      if (!this.#budgets.take('candidate')) return;
    } else if (!this.#allows('description')) return;
    void this.#negotiation.receive(message);
  }

  /** Says that the partner sends more than this page can take: each lease is to end. */
  flood(): void {
    if (this.#flooded) return;
    this.#flooded = true;
    this.#error(new RtcError('partner-floods', `${this.name} sends more than this page can take`));
  }

  /** Closes the transport for good. */
  close(): void {
    this.#shut();
    this.update({ connection: 'closed', direct: false, streams: {} });
  }

  #reopen(initiator: boolean): void {
    this.#shut();
    this.update({ connection: 'new', direct: false, streams: {} });
    this.#open(initiator);
  }

  #open(initiator: boolean): void {
    const pc = new RTCPeerConnection(this.#host.configuration());
    this.#pc = pc;
    this.#initiator = initiator;
    this.#saidSlots = '[]';
    const fault = (error: unknown) => {
      if (pc.signalingState !== 'closed') this.#fault(error);
    };
    this.#transceivers = new SlotTransceivers(pc, fault);
    this.#negotiation = new Negotiation(pc, initiator, {
      send: (message) => this.#send(message),
      prepare: () => this.#place(),
      fault,
    });
    pc.onconnectionstatechange = () => {
      if (pc.connectionState === 'connected') this.#viaServer = false;
      this.update({ connection: pc.connectionState });
    };
    pc.ondatachannel = ({ channel }) => {
      if (this.#allows('channel')) this.#tellOf(channel);
    };
    if (!this.state.basic) this.#control = this.#openControl();
    // In-band, so that a basic client hears of it too.
    if (initiator) this.#tellOf(pc.createDataChannel('chat'));
    this.#place(initiator);
  }

  #shut(): void {
    const pc = this.#pc;
    this.#control?.ignore();
    this.#control = undefined;
    pc.onconnectionstatechange = pc.ondatachannel = pc.onicecandidate = null;
    pc.onnegotiationneeded = null;
    pc.close();
  }

  #openControl(): ControlChannel {
    return new ControlChannel(this.#pc, {
      opened: () => {
        this.#saySlots();
        this.update({ direct: true });
      },
      mayRead: (cost) => this.#allows('control', cost),
      heard: (message) => this.#heard(message),
    });
  }

  #heard(message: ControlMessage): void {
    switch (message.type) {
      case 'slots':
        if (!this.#allows('slots')) return;
        this.#transceivers.told(message.slots);
        return this.#place();
      case 'media':
        if (!this.#allows('media')) return;
        return void this.dispatchEvent(new ControlEvent(message));
      case 'leave':
      case 'received':
        return void this.dispatchEvent(new ControlEvent(message));
      default:
        this.receive(message);
    }
  }

  #tellOf(channel: RTCDataChannel): void {
    const pc = this.#pc;
    channel.onopen = () => {
      // A channel that was on its way to open when its connection was closed may still say so.
      if (pc === this.#pc && this.state.connection !== 'closed') {
        this.dispatchEvent(new ChannelEvent(channel));
      }
    };
  }

  /** Sends a description or candidate, directly where that works. */
  #send(message: NegotiationMessage): void {
    // Candidates take the way of the description before them: on another they might overtake it.
    if (message.type !== 'candidate') {
      const trusted = !(this.#viaServer && this.#host.signedIn());
      this.#sendsDirectly = this.state.connection === 'connected' && trusted;
      // Before the description, so that the partner knows what its new media sections carry.
      this.#saySlots();
    }
    if (!this.#sendsDirectly || !this.say(message)) this.#host.signal(message);
  }

  #saySlots(): void {
    const { midSlots } = this.#transceivers;
    const words = JSON.stringify(midSlots);
    if (words === this.#saidSlots || !this.say({ type: 'slots', slots: midSlots })) return;
    this.#saidSlots = words;
  }

  /** Takes one of what the partner may send. @returns false when there are too many: it ends */
  #allows(kind: Budgeted, cost?: number): boolean {
    const allowed = this.#budgets.take(kind, cost);
    if (!allowed) this.flood();
    return allowed;
  }

  /** Brings the connection in line with what the leases carry. */
  #place(offers = false): void {
    if (this.state.connection === 'closed') return;
    const all = [...this.#carried.values()];
    const sends = slots.filter((slot) => all.some((each) => each.sends.includes(slot)));
    const takes = slots.filter((slot) => all.some((each) => each.takes.includes(slot)));
    this.#transceivers.place({ sends, takes }, this.#tracks, offers);
    this.update({ streams: this.#transceivers.streams });
  }

  #fault(error: unknown): void {
    this.#error(new RtcError('connection-failed', String(error), { cause: error }));
  }

  #error(error: RtcError): void {
    this.dispatchEvent(new TransportErrorEvent(error));
  }
}
