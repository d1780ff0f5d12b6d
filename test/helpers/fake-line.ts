import type { Call, CallLine } from '../../src/core/call/call.js';
import { defaultSettings } from '../../src/core/settings.js';
import type { PeerTransport } from '../../src/core/transport/peer-transport.js';
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

/** A connection that does as it is told. */
export class FakeTransport {
  readonly leases = new Set<string>();
  readonly remote = new FakeStream();
  state: RTCPeerConnectionState = 'new';
  /** What has been said directly. */
  readonly said: string[] = [];
  /** Whether descriptions can be made and set. */
  sound = true;

  readonly negotiation = {
    offer: () => this.#describe('offer'),
    answer: () => this.#describe('answer'),
    accepted: () => this.#describe('answer'),
    establish: () => {},
  };

  async #describe(type: string): Promise<{ type: string; sdp: string }> {
    await Promise.resolve();
    if (!this.sound) throw new TypeError('No such description');
    return { type, sdp: '' };
  }

  /** What the session does with news: it tells the call. */
  changed(): void {}
  renew(): void {}
  carry(): void {}
  setTracks(): void {}
  dropControl(): void {}
  level = () => 0;
  allows = () => true;
  receive(): void {}

  say({ type }: { type: string }): boolean {
    this.said.push(type);
    return this.state === 'connected';
  }
}

/** A session, as a call sees it, that keeps what the call does. */
export class FakeLine implements CallLine {
  readonly clock = new FakeClock();
  /** Types of what was sent to the server. */
  readonly sent: string[] = [];
  readonly tracks: FakeTrack[] = [];
  /** The connections made for calls, and those given back. */
  readonly made: FakeTransport[] = [];
  readonly released: FakeTransport[] = [];
  /** The connection that both sides have already. */
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

  send({ type }: ClientMessage): boolean {
    if (this.online) this.sent.push(type);
    return this.online;
  }

  newTransport(call: Call): PeerTransport {
    const transport = new FakeTransport();
    transport.changed = () => call.transportChanged();
    transport.sound = this.sound;
    this.made.push(transport);
    return transport as unknown as PeerTransport;
  }

  existingTransport(call: Call): PeerTransport | undefined {
    if (this.existing) this.existing.changed = () => call.transportChanged();
    return this.existing as unknown as PeerTransport | undefined;
  }

  forget(): void {}

  release({ id }: Call, transport: PeerTransport): void {
    transport.leases.delete(id);
    this.released.push(transport as unknown as FakeTransport);
  }

  error(): void {}
}

/** Puts in place what Node lacks of a browser and a call needs. */
export function pretendBrowser(): void {
  Object.assign(globalThis, { MediaStream: FakeStream });
  globalThis.navigator ??= {} as Navigator;
}
