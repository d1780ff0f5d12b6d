import type { FakeClock } from './fake-clock.js';

/** Messages on their way in one direction. They arrive in order, each when the test says so. */
export class Wire {
  readonly #waiting: (() => void)[] = [];
  /** The page that it goes to or comes from, if it does not join two of them. */
  readonly page: string | undefined;

  constructor(page?: string) {
    this.page = page;
  }

  get empty(): boolean {
    return !this.#waiting.length;
  }

  put(arrive: () => void): void {
    this.#waiting.push(arrive);
  }

  deliver(): void {
    this.#waiting.shift()?.();
  }

  lose(): void {
    this.#waiting.length = 0;
  }
}

/** Everything that is on its way between some pages and a server, and between the pages. */
export class Wires {
  readonly #all = new Set<Wire>();

  add(page?: string): Wire {
    const wire = new Wire(page);
    this.#all.add(wire);
    return wire;
  }

  remove(wire: Wire): void {
    wire.lose();
    this.#all.delete(wire);
  }

  /** Those on which something waits. */
  get busy(): Wire[] {
    return [...this.#all].filter(({ empty }) => !empty);
  }
}

/** As much of a stream as a connection needs, where there is no browser. */
export class FakeMediaStream {
  readonly #tracks: Set<object>;

  constructor(tracks: object[] = []) {
    this.#tracks = new Set(tracks);
  }

  getTracks = () => [...this.#tracks];
  addTrack = (track: object) => void this.#tracks.add(track);
  removeTrack = (track: object) => void this.#tracks.delete(track);
}

class FakeChannel {
  readyState = 'connecting';
  onopen: (() => void) | null = null;
  onclose: (() => void) | null = null;
  onmessage: ((event: { data: string }) => void) | null = null;
  readonly label: string;
  readonly #owner: FakePeerConnection;

  constructor(label: string, owner: FakePeerConnection) {
    this.label = label;
    this.#owner = owner;
  }

  send(data: string): void {
    this.#owner.sendOn(this.label, data);
  }

  close(): void {
    this.readyState = 'closed';
  }

  opened(): void {
    if (this.readyState !== 'connecting') return;
    this.readyState = 'open';
    this.onopen?.();
  }
}

interface Described {
  type: RTCSdpType;
  sdp: string;
}

/** As much of an RTCRtpTransceiver as a transport needs. */
class FakeTransceiver {
  mid: string | null = null;
  direction: RTCRtpTransceiverDirection;
  readonly kind: string;
  readonly receiver: { track: { kind: string } };
  readonly sender = {
    track: null as object | null,
    setStreams() {},
    async replaceTrack(track: object | null) {
      this.track = track;
    },
  };

  constructor(kind: string, direction: RTCRtpTransceiverDirection) {
    this.kind = kind;
    this.direction = direction;
    this.receiver = { track: { kind } };
  }
}

/** All connections of one world, and whether there is a path between their pages. */
export class Ether {
  readonly all = new Map<string, FakePeerConnection>();
  readonly wires: Wires;
  readonly clock: FakeClock;
  #path = true;

  constructor(wires: Wires, clock: FakeClock) {
    this.wires = wires;
    this.clock = clock;
  }

  get path(): boolean {
    return this.#path;
  }

  set path(there: boolean) {
    this.#path = there;
    for (const one of this.all.values()) {
      if (there) one.join();
      else one.lose();
    }
  }
}

/**
 * An RTCPeerConnection without a network: its descriptions say which one it is, and two that have
 * described themselves to each other connect (W3C WebRTC, section 4.4, as far as the kit needs it).
 */
export class FakePeerConnection {
  readonly id: string;
  signalingState: RTCSignalingState = 'stable';
  connectionState: RTCPeerConnectionState = 'new';
  localDescription: Described | null = null;
  remoteDescription: Described | null = null;
  onnegotiationneeded: (() => void) | null = null;
  onicecandidate: ((event: object) => void) | null = null;
  ondatachannel: ((event: object) => void) | null = null;
  onconnectionstatechange: (() => void) | null = null;

  readonly #ether: Ether;
  readonly #wire: Wire;
  readonly #channels = new Map<string, FakeChannel>();
  readonly #transceivers: FakeTransceiver[] = [];
  /** Those that got their mid from an offer that may be taken back. */
  #offered: FakeTransceiver[] = [];
  /** The description in force before an offer that may be rolled back. */
  #before: Described | null = null;
  #needed = false;
  /** The last news put on the wire about the path. */
  #told: RTCPeerConnectionState = 'new';

  constructor(ether: Ether) {
    this.#ether = ether;
    this.#wire = ether.wires.add();
    this.id = String(ether.all.size + 1);
    ether.all.set(this.id, this);
  }

  getTransceivers = () => this.#transceivers;
  setConfiguration = () => {};

  addTransceiver(kind: string, { direction = 'sendrecv' }: RTCRtpTransceiverInit = {}): object {
    this.#need();
    const made = new FakeTransceiver(kind, direction);
    this.#transceivers.push(made);
    return made;
  }

  createDataChannel(label: string): FakeChannel {
    const channel = new FakeChannel(label, this);
    this.#channels.set(label, channel);
    return channel;
  }

  async createOffer(): Promise<Described> {
    this.#mustBe('stable', 'have-local-offer');
    return this.#describe('offer');
  }

  async createAnswer(): Promise<Described> {
    this.#mustBe('have-remote-offer');
    return this.#describe('answer');
  }

  async setLocalDescription(description?: Described): Promise<void> {
    await Promise.resolve();
    const type = this.signalingState === 'have-remote-offer' ? 'answer' : 'offer';
    this.#mustBe('stable', 'have-local-offer', 'have-remote-offer');
    if (description && description.type !== type) throw this.#wrong(`local ${description.type}`);
    if (type === 'offer' && this.signalingState === 'stable') this.#before = this.localDescription;
    this.localDescription = description ?? this.#describe(type);
    if (type === 'offer') this.#number();
    this.#needed = false;
    this.#settle(type === 'offer' ? 'have-local-offer' : 'stable');
    const candidate = { candidate: `of ${this.id}`, sdpMid: '0' };
    queueMicrotask(() => this.onicecandidate?.({ candidate: { toJSON: () => candidate } }));
  }

  async setRemoteDescription(description: Described): Promise<void> {
    await Promise.resolve();
    const [, from, to, kinds] = /^from (\S+) to (\S+) with (.*)$/.exec(description.sdp) ?? [];
    if (description.type === 'offer') {
      this.#mustBe('stable', 'have-local-offer', 'have-remote-offer');
      if (this.signalingState === 'have-local-offer') this.#rollBack();
      for (const [index, kind] of kinds!.split(' ').filter(Boolean).entries()) {
        this.#take(String(index), kind);
      }
    } else {
      this.#mustBe('have-local-offer');
      if (to !== this.id) throw this.#wrong(`the answer of ${from} to ${to}`);
    }
    this.remoteDescription = description;
    this.#settle(description.type === 'offer' ? 'have-remote-offer' : 'stable');
  }

  async addIceCandidate(candidate?: { candidate: string }): Promise<void> {
    await Promise.resolve();
    if (!this.remoteDescription) throw this.#wrong('a candidate before a description');
    if (candidate?.candidate !== `of ${this.far}`) throw this.#wrong('a candidate of another');
  }

  restartIce(): void {
    this.#need();
  }

  close(): void {
    if (this.signalingState === 'closed') return;
    const { other } = this;
    this.signalingState = this.connectionState = 'closed';
    this.#ether.wires.remove(this.#wire);
    other?.left();
  }

  /** The one at the far end, as the last description says. */
  get far(): string | undefined {
    return /^from (\S+)/.exec(this.remoteDescription?.sdp ?? '')?.[1];
  }

  /** The one at the far end, once both have described themselves to each other. */
  get other(): FakePeerConnection | undefined {
    const other = this.#ether.all.get(this.far ?? '');
    return other?.far === this.id && other.localDescription && this.localDescription
      ? other
      : undefined;
  }

  /** Connects, where there is a path. */
  join(): void {
    const { other } = this;
    if (!other || !this.#ether.path) return;
    if ([this, other].some(({ signalingState }) => signalingState !== 'stable')) return;
    for (const each of [this, other]) each.#tell('connected');
  }

  /** The path is gone. */
  lose(): void {
    if (this.#told === 'connected') this.#tell('disconnected');
  }

  /** The far end has closed the connection. */
  left(): void {
    this.#wire.put(() => {
      for (const channel of this.#channels.values()) {
        channel.close();
        channel.onclose?.();
      }
    });
    this.lose();
    this.#ether.clock.after(15_000, () => {
      if (this.#told === 'disconnected') this.#tell('failed');
    });
  }

  /** Sends to the channel of the same name at the far end. */
  sendOn(label: string, data: string): void {
    const { other } = this;
    if (!other) return;
    other.#wire.put(() => other.#channels.get(label)?.onmessage?.({ data }));
  }

  #tell(state: RTCPeerConnectionState): void {
    if (this.signalingState === 'closed' || this.#told === state) return;
    this.#told = state;
    this.#wire.put(() => {
      this.connectionState = state;
      this.onconnectionstatechange?.();
      if (state === 'connected') this.#openChannels();
    });
  }

  #openChannels(): void {
    if (!this.#channels.has('chat')) {
      this.ondatachannel?.({ channel: this.createDataChannel('chat') });
    }
    for (const channel of this.#channels.values()) channel.opened();
  }

  /** In the order of the media sections: those without a mid come last. */
  get #sections(): FakeTransceiver[] {
    const place = ({ mid }: FakeTransceiver) => (mid === null ? Infinity : Number(mid));
    return this.#transceivers.toSorted((a, b) => (place(a) === place(b) ? 0 : place(a) - place(b)));
  }

  /** Takes a media section of the far end: an unknown section becomes a new transceiver. */
  #take(mid: string, kind: string): void {
    if (this.#transceivers.some((each) => each.mid === mid)) return;
    const made = new FakeTransceiver(kind, 'recvonly');
    made.mid = mid;
    this.#transceivers.push(made);
  }

  /** An offer gives each transceiver its mid. */
  #number(): void {
    for (const [index, transceiver] of this.#sections.entries()) {
      if (transceiver.mid === null) this.#offered.push(transceiver);
      transceiver.mid = String(index);
    }
  }

  #rollBack(): void {
    this.localDescription = this.#before;
    if (this.#offered.length) this.#needed = true;
    for (const transceiver of this.#offered.splice(0)) transceiver.mid = null;
  }

  #describe(type: RTCSdpType): Described {
    const known = this.#sections.filter(({ mid }) => type === 'offer' || mid !== null);
    const kinds = known.map(({ kind }) => kind).join(' ');
    const to = type === 'answer' ? this.far! : 'anyone';
    return { type, sdp: `from ${this.id} to ${to} with ${kinds}` };
  }

  #settle(state: RTCSignalingState): void {
    this.signalingState = state;
    if (state !== 'stable') return;
    this.#offered = [];
    this.join();
    if (this.#needed) this.#need();
  }

  #need(): void {
    this.#needed = true;
    queueMicrotask(() => {
      if (this.#needed && this.signalingState === 'stable') this.onnegotiationneeded?.();
    });
  }

  #mustBe(...states: RTCSignalingState[]): void {
    if (!states.includes(this.signalingState)) throw this.#wrong('not now');
  }

  #wrong(what: string): DOMException {
    return new DOMException(`${what} in ${this.signalingState}`, 'InvalidStateError');
  }
}
