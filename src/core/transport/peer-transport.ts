import type { Clock } from '../../hub/clock.js';
import { costOf } from '../budget.js';
import { readControlMessage, type ControlMessage } from './control-message.js';
import type { MediaKind } from '../media/local-media.js';
import { Negotiation, type NegotiationMessage } from './negotiation.js';
import { PartnerBudgets, type Budgeted } from './partner-budgets.js';

type Tracks = Partial<Record<MediaKind, MediaStreamTrack | null>>;

/** What a transport tells the session that owns it. */
export interface TransportHost {
  readonly clock: Clock;
  /** Of the next RTCPeerConnection: all media and data on one transport. */
  configuration(): RTCConfiguration;
  /** Whether one is signed in right now. */
  serverThere(): boolean;
  /** Sends through the server, on behalf of one of the calls that lease this connection. */
  signal(message: NegotiationMessage): void;
  control(message: ControlMessage): void;
  /** The connection's state has changed, or its control channel has opened. */
  changed(): void;
  /** A channel for text is there, and about to open. */
  chat(channel: RTCDataChannel): void;
  /** The other side sends more than it may: the connection is to end. */
  flooded(): void;
  fault(this: void, error: unknown): void;
}

/**
 * The connection with one other session: audio, video and data channels on a single bundled
 * transport. Calls lease it; the session closes it with the last lease. It has one
 * RTCPeerConnection at a time, and another in its place where that one cannot be mended.
 */
export class PeerTransport {
  pc!: RTCPeerConnection;
  negotiation!: Negotiation;
  /** Ids of the calls that use this connection. */
  readonly leases = new Set<string>();
  /** What comes from the other side. */
  remote!: MediaStream;
  // Groups what goes to the other side, so that sound and picture stay together there.
  readonly #local = new MediaStream();

  /** True for the side that asked for the connection. */
  initiator!: boolean;

  /** The path between the two may be dead, whatever its state says: the server is asked first. */
  viaServer = false;

  /** The other side is a client of the course: it confirms nothing and has no control channel. */
  plain: boolean;

  readonly #host: TransportHost;
  /** Of the other side, also when the connection is made anew. */
  readonly #budgets: PartnerBudgets;
  #control: RTCDataChannel | undefined;
  #direct = false;
  #wanted: readonly MediaKind[] = [];
  #tracks: Tracks = {};
  /** Not what the senders say: until a replacement is done, that is the track before. */
  #sent!: Tracks;

  /**
   * @param initiator true for the side that asked for the connection: it offers, and is polite
   * later on (docs/decisions/009)
   * @param plain true where the other side is a client of the course: no control channel
   */
  constructor(initiator: boolean, plain: boolean, host: TransportHost) {
    this.#host = host;
    this.#budgets = new PartnerBudgets(host.clock);
    this.plain = plain;
    this.#open(initiator);
  }

  /** Begins anew for the same calls, from the side that `initiator` says. */
  renew(initiator: boolean): void {
    this.close();
    this.#open(initiator);
  }

  #open(initiator: boolean): void {
    const host = this.#host;
    this.initiator = initiator;
    this.remote = new MediaStream();
    this.#sent = {};
    const pc = (this.pc = new RTCPeerConnection(host.configuration()));
    this.negotiation = new Negotiation(pc, initiator, {
      send: (message) => this.send(message),
      prepare: () => this.#place(),
      fault: host.fault,
    });
    pc.onconnectionstatechange = this.changed;
    pc.ondatachannel = ({ channel }) => {
      if (!this.allows('channel')) return;
      // Another may be there for anything; a client of the course calls its own as it likes.
      if (this.plain || channel.label === 'chat') host.chat(channel);
    };
    if (!this.plain) this.#openControl();
    // In-band, so that a client of the course hears of it too.
    if (initiator) host.chat(pc.createDataChannel('chat'));
    this.#place(initiator);
  }

  get state(): RTCPeerConnectionState {
    return this.pc.connectionState;
  }

  /** The other side turned out to be a client of the course, whose channels may need id 0. */
  dropControl(): void {
    this.plain = true;
    this.#control?.close();
    this.#control = undefined;
  }

  /** Says which media this connection carries, from the side that starts a call with them. */
  carry(kinds: readonly MediaKind[], starts: boolean): void {
    this.#wanted = kinds;
    this.#place(starts);
  }

  /** Sends these tracks, or where there is null nothing, without a new negotiation. */
  setTracks(tracks: Tracks): void {
    this.#tracks = { ...this.#tracks, ...tracks };
    this.#place();
  }

  /** Says something to the other side directly. @returns false when there is no way to. */
  say(message: ControlMessage): boolean {
    if (this.#control?.readyState !== 'open') return false;
    this.#control.send(JSON.stringify(message));
    return true;
  }

  /** Sends a description or candidate, directly where that works. */
  send(message: NegotiationMessage): void {
    // Candidates take the way of the description before them: on another they might overtake it.
    if (message.type !== 'candidate') {
      this.#direct = this.state === 'connected' && !(this.viaServer && this.#host.serverThere());
    }
    if (!this.#direct || !this.say(message)) this.#host.signal(message);
  }

  /** Takes one of what the other side may send. @returns false where it is too many: it ends */
  allows(kind: Budgeted, cost?: number): boolean {
    const allowed = this.#budgets.take(kind, cost);
    if (!allowed) this.#host.flooded();
    return allowed;
  }

  /** Reads a description or candidate, whichever way it came. */
  receive(message: NegotiationMessage): void {
    if (message.type === 'candidate') {
      // One way of many is enough: what is too many is passed over.
      if (!this.#budgets.take('candidate')) return;
    } else if (!this.allows('description')) return;
    void this.negotiation.receive(message);
  }

  close(): void {
    const { pc } = this;
    // What is on its way within the browser still arrives.
    if (this.#control) this.#control.onmessage = this.#control.onopen = null;
    pc.onconnectionstatechange = pc.ondatachannel = pc.onicecandidate = null;
    pc.onnegotiationneeded = null;
    pc.close();
  }

  /** Tells the session that something about the connection has changed. */
  changed = (): void => {
    if (this.state === 'connected') this.viaServer = false;
    this.#host.changed();
  };

  #openControl(): void {
    const control = this.pc.createDataChannel('control', { negotiated: true, id: 0 });
    control.onmessage = ({ data }) => {
      if (!this.allows('control', costOf(data))) return;
      const message = readControlMessage(data);
      if (message) this.#host.control(message);
    };
    control.onopen = this.changed;
    this.#control = control;
  }

  #transceiver(kind: MediaKind): RTCRtpTransceiver | undefined {
    return this.pc.getTransceivers().find((each) => each.receiver.track.kind === kind);
  }

  /** Brings transceivers, senders and the remote stream in line with what is wanted. */
  #place(starts = false): void {
    for (const kind of ['audio', 'video'] as const) {
      const wanted = this.#wanted.includes(kind);
      let transceiver = this.#transceiver(kind);
      if (!transceiver && wanted && starts) {
        transceiver = this.pc.addTransceiver(kind, { streams: [this.#local] });
      }
      if (!transceiver) continue;
      const direction = wanted ? 'sendrecv' : 'inactive';
      const { sender, receiver } = transceiver;
      if (transceiver.direction !== direction) {
        transceiver.direction = direction;
        if (!this.initiator) sender.setStreams(this.#local);
      }
      if (wanted) this.remote.addTrack(receiver.track);
      else this.remote.removeTrack(receiver.track);
      const track = (wanted && this.#tracks[kind]) || null;
      if ((this.#sent[kind] ?? null) === track) continue;
      this.#sent[kind] = track;
      void this.#replace(sender, track);
    }
  }

  async #replace(sender: RTCRtpSender, track: MediaStreamTrack | null): Promise<void> {
    try {
      await sender.replaceTrack(track);
    } catch (error) {
      if (this.pc.signalingState !== 'closed') this.#host.fault(error);
    }
  }
}
