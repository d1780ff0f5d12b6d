import type { CallHost, CallTransports } from '../../src/core/call/call-host.js';
import { defaultSettings } from '../../src/core/settings.js';
import { Store } from '../../src/core/store.js';
import type { LeaseMessage } from '../../src/core/transport/control-message.js';
import type { PeerTransport, TransportState } from '../../src/core/transport/peer-transport.js';
import { ControlEvent, type TransportEventMap } from '../../src/core/transport/transport-events.js';
import type { ClientMessage } from '../../src/protocol/messages.js';
import { FakeClock } from './fake-clock.js';

/** As much of a track and a stream as a call needs, where there is no browser. */
export class FakeTrack {
  readonly kind: string;
  enabled = true;
  readyState = 'live';

  constructor(kind: string) {
    this.kind = kind;
  }

  stop(): void {
    this.readyState = 'ended';
  }
}

class FakeStream {
  readonly #tracks: FakeTrack[];

  constructor(tracks: FakeTrack[] = []) {
    this.#tracks = tracks;
  }

  getTracks = () => this.#tracks;
  getAudioTracks = () => this.#tracks.filter(({ kind }) => kind === 'audio');
  getVideoTracks = () => this.#tracks.filter(({ kind }) => kind === 'video');
}

/** A transport that does as it is told. */
export class FakeTransport extends Store<TransportState, TransportEventMap> {
  readonly leases = new Set<string>();
  /** The messages sent directly. */
  readonly said: string[] = [];
  /** The descriptions and candidates of the partner, by type. */
  readonly received: string[] = [];
  /** Whether descriptions can be made and set. */
  sound = true;

  constructor() {
    super({ connection: 'new', direct: false, basic: false, streams: {} });
  }

  /** Changes its state, as the browser would. */
  become(connection: RTCPeerConnectionState): void {
    this.update({ connection });
  }

  /** The partner says something directly. */
  hear(message: LeaseMessage): void {
    this.dispatchEvent(new ControlEvent(message));
  }

  offer = () => this.#describe('offer');
  answer = () => this.#describe('answer');
  answerAnew = () => this.#describe('answer');
  accepted = () => this.#describe('answer');
  establish(): void {}
  carry(): void {}
  setTracks(): void {}
  distrustPath(): void {}
  receive = ({ type }: { type: string }): void => void this.received.push(type);

  becomeBasic(): void {
    this.update({ basic: true });
  }

  say({ type }: { type: string }): boolean {
    this.said.push(type);
    return this.state.connection === 'connected';
  }

  async #describe(type: string): Promise<{ type: string; sdp: string }> {
    await Promise.resolve();
    if (!this.sound) throw new TypeError('No such description');
    return { type, sdp: '' };
  }
}

/** A session, as a call sees it, that keeps what the call does. */
export class FakeLine implements CallHost {
  readonly clock = new FakeClock();
  /** Types of what was sent to the server. */
  readonly sent: string[] = [];
  readonly tracks: FakeTrack[] = [];
  /** The transports made for calls, and those given back. */
  readonly made: FakeTransport[] = [];
  readonly released: FakeTransport[] = [];
  /** The transport that both sides share already. */
  existing: FakeTransport | undefined;
  online = true;
  sound = true;
  devices: 'open' | 'refused' = 'open';

  readonly settings = {
    ...defaultSettings,
    clock: this.clock,
    getUserMedia: async ({ audio, video }: MediaStreamConstraints) => {
      await Promise.resolve();
      if (this.devices === 'refused') throw new DOMException('No', 'NotAllowedError');
      const tracks: FakeTrack[] = [];
      if (audio) tracks.push(new FakeTrack('audio'));
      if (video) tracks.push(new FakeTrack('video'));
      this.tracks.push(...tracks);
      return new FakeStream(tracks) as unknown as MediaStream;
    },
  };

  readonly signaling = {
    send: ({ type }: ClientMessage): boolean => {
      if (this.online) this.sent.push(type);
      return this.online;
    },
    forget: () => {},
  };

  readonly transports: CallTransports = {
    find: () => real(this.existing),
    open: () => {
      const transport = new FakeTransport();
      transport.sound = this.sound;
      this.made.push(transport);
      return real(transport)!;
    },
    lease: (transport, id) => void fake(transport).leases.add(id),
    release: (transport, id) => {
      fake(transport).leases.delete(id);
      this.released.push(fake(transport));
    },
  };

  error(): void {}
}

const real = (transport: FakeTransport | undefined) =>
  transport as unknown as PeerTransport | undefined;
const fake = (transport: PeerTransport) => transport as unknown as FakeTransport;

/** Puts in place what Node lacks of a browser and a call needs. */
export function pretendBrowser(): void {
  Object.assign(globalThis, { MediaStream: FakeStream });
  globalThis.navigator ??= {} as Navigator;
}
