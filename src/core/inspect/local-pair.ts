import type { ConnectionLog } from './connection-log.js';

/** An end of the pair: A offers, B answers. */
export type End = 'A' | 'B';

/** The media and data that the two ends exchange. */
export interface PairOptions {
  configuration?: RTCConfiguration;
  /** Given to A before the offer: tracks to send. */
  stream?: MediaStream;
  /** Settings of the data channel that A makes before the offer; no channel without them. */
  channel?: { label: string; options: RTCDataChannelInit };
}

/** The steps in which two ends are connected, by the methods that they consist of. */
export const pairSteps = [
  'new RTCPeerConnection()',
  'addTrack(), createDataChannel()',
  'A.createOffer()',
  'A.setLocalDescription(offer)',
  'B.setRemoteDescription(offer)',
  'B.createAnswer()',
  'B.setLocalDescription(answer)',
  'A.setRemoteDescription(answer)',
  'addIceCandidate()',
] as const;

/**
 * Two connections of one page, connected with each other step by step, so that each step can be
 * looked at: what else goes through a server here goes from hand to hand. Once all is done, what
 * comes later (another channel, an ICE restart) is negotiated by itself.
 */
export class LocalPair {
  A!: RTCPeerConnection;
  B!: RTCPeerConnection;
  /** The number of steps done. */
  done = 0;

  readonly #log: ConnectionLog;
  readonly #options: PairOptions;
  /** A channel has been made by a step, or has come. */
  readonly #onChannel: (channel: RTCDataChannel, end: End) => void;
  /** A track has come, in this stream. */
  readonly #onStream: (stream: MediaStream) => void;
  #offer: RTCSessionDescriptionInit | undefined;
  #answer: RTCSessionDescriptionInit | undefined;
  /** Found, and not yet handed over. */
  readonly #held: (() => Promise<void>)[] = [];

  constructor(
    log: ConnectionLog,
    options: PairOptions,
    onChannel: (channel: RTCDataChannel, end: End) => void,
    onStream: (stream: MediaStream) => void,
  ) {
    this.#log = log;
    this.#options = options;
    this.#onChannel = onChannel;
    this.#onStream = onStream;
  }

  /** The name of the next step, if there is one. */
  get next(): (typeof pairSteps)[number] | undefined {
    return pairSteps[this.done];
  }

  get ends(): [End, RTCPeerConnection][] {
    return this.done
      ? [
          ['A', this.A],
          ['B', this.B],
        ]
      : [];
  }

  /** Nothing can be done with it any more. */
  get closed(): boolean {
    return this.ends.some(([, pc]) => pc.signalingState === 'closed');
  }

  /** Takes the next step. @throws what the method of the step throws */
  async step(): Promise<void> {
    const name = this.next;
    if (!name) return;
    this.#log.add('step', name);
    await this.#steps[name]();
    this.done++;
    // Those that came while the others were handed over.
    if (!this.next) await this.#hand();
  }

  close(): void {
    for (const [, pc] of this.ends) pc.close();
  }

  readonly #steps: Record<(typeof pairSteps)[number], () => Promise<void> | void> = {
    'new RTCPeerConnection()': () => {
      this.A = this.#open('A');
      this.B = this.#open('B');
    },
    'addTrack(), createDataChannel()': () => {
      const { stream, channel } = this.#options;
      for (const track of stream?.getTracks() ?? []) this.A.addTrack(track, stream!);
      if (channel) this.createChannel(channel.label, channel.options);
    },
    'A.createOffer()': async () => {
      this.#offer = await this.A.createOffer();
    },
    'A.setLocalDescription(offer)': () => this.A.setLocalDescription(this.#offer),
    'B.setRemoteDescription(offer)': () => this.B.setRemoteDescription(this.#offer!),
    'B.createAnswer()': async () => {
      this.#answer = await this.B.createAnswer();
    },
    'B.setLocalDescription(answer)': () => this.B.setLocalDescription(this.#answer),
    'A.setRemoteDescription(answer)': () => this.A.setRemoteDescription(this.#answer!),
    'addIceCandidate()': () => this.#hand(),
  };

  async #hand(): Promise<void> {
    for (const hand of this.#held.splice(0)) await hand();
  }

  /** Makes a channel at A; a negotiated one at both ends, as both have to. */
  createChannel(label: string, options: RTCDataChannelInit): void {
    for (const end of options.negotiated ? (['A', 'B'] as const) : (['A'] as const)) {
      this.#log.add('step', 'createDataChannel()', JSON.stringify({ label, ...options }), end);
      this.#onChannel(this[end].createDataChannel(label, options), end);
    }
  }

  #open(end: End): RTCPeerConnection {
    const pc = new RTCPeerConnection(this.#options.configuration);
    this.#log.watch(pc, end);
    const other = end === 'A' ? 'B' : 'A';
    pc.ondatachannel = ({ channel }) => this.#onChannel(channel, end);
    pc.ontrack = ({ streams: [stream] }) => this.#onStream(stream!);
    pc.onicecandidate = ({ candidate }) => {
      if (!candidate) return;
      this.#held.push(() => this[other].addIceCandidate(candidate));
      // An end that has been closed meanwhile needs none.
      if (!this.next) void this.#hand().catch(() => {});
    };
    pc.onnegotiationneeded = () => {
      if (!this.next) void this.#negotiate(pc, this[other]);
    };
    return pc;
  }

  async #negotiate(from: RTCPeerConnection, to: RTCPeerConnection): Promise<void> {
    await from.setLocalDescription();
    await to.setRemoteDescription(from.localDescription!);
    await to.setLocalDescription();
    await from.setRemoteDescription(to.localDescription!);
  }
}
