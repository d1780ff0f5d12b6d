import { systemClock, type Clock } from '../../time/clock.js';
import { Store } from '../store.js';

/** Something that happened to a connection, or that was done to it. */
export interface LogEntry {
  readonly id: number;
  /** Milliseconds since the log began. */
  readonly at: number;
  /** Which end, where there are several. */
  readonly who: string;
  /** A state that changed, an event that was fired, or a method that was called. */
  readonly kind: 'state' | 'event' | 'step';
  /** As the API calls it: `iceConnectionState`, `icecandidate`, `createOffer()`. */
  readonly name: string;
  /** The new state, or what came with the event. */
  readonly detail: string;
}

/** The states of a connection, by the names of the events that say they have changed. */
const states = {
  signalingstatechange: 'signalingState',
  icegatheringstatechange: 'iceGatheringState',
  iceconnectionstatechange: 'iceConnectionState',
  connectionstatechange: 'connectionState',
} as const satisfies Record<string, keyof RTCPeerConnection>;

/** Describes each of the other events (W3C WebRTC, 13.1). */
const events: Record<string, (event: Event) => string> = {
  negotiationneeded: () => '',
  icecandidate: (event) => {
    const { candidate } = event as RTCPeerConnectionIceEvent;
    return candidate ? candidate.candidate || 'end-of-candidates' : 'null';
  },
  icecandidateerror: (event) => {
    const { errorCode, errorText, url } = event as RTCPeerConnectionIceErrorEvent;
    return [errorCode, errorText, url].filter(Boolean).join(' ');
  },
  track: (event) => {
    const { track } = event as RTCTrackEvent;
    return `${track.kind} ${track.id}`;
  },
  datachannel: (event) => `“${(event as RTCDataChannelEvent).channel.label}”`,
};

const channelEvents = ['open', 'bufferedamountlow', 'closing', 'close', 'error', 'message'];

/** All four states of a connection, in the order in which they stand in the specification. */
export const stateNames = Object.values(states);

/** How many entries are kept. */
const LENGTH = 500;

/** Keeps what happens to connections and their channels, in order. Fires `change`. */
export class ConnectionLog extends Store<{ entries: readonly LogEntry[] }> {
  readonly #clock: Clock;
  #begin: number;
  readonly #watched = new Set<EventTarget>();
  #ids = 0;
  #abort = new AbortController();

  constructor(clock: Clock = systemClock) {
    super({ entries: [] });
    this.#clock = clock;
    this.#begin = clock.now();
  }

  /** Notes all that happens to a connection, and what its states are now. */
  watch(pc: RTCPeerConnection, who = ''): void {
    if (this.#watched.has(pc)) return;
    this.#watched.add(pc);
    const { signal } = this.#abort;
    for (const name of stateNames) this.add('state', name, pc[name], who);
    for (const [type, name] of Object.entries(states)) {
      pc.addEventListener(type, () => this.add('state', name, pc[name], who), { signal });
    }
    for (const [type, detail] of Object.entries(events)) {
      pc.addEventListener(type, (event) => this.add('event', type, detail(event), who), { signal });
    }
    pc.addEventListener('datachannel', ({ channel }) => this.watchChannel(channel, who), {
      signal,
    });
  }

  /** Notes all that happens to a data channel. */
  watchChannel(channel: RTCDataChannel, who = ''): void {
    if (this.#watched.has(channel)) return;
    this.#watched.add(channel);
    for (const type of channelEvents) {
      const note = (event: Event) => {
        this.add('event', type, [`“${channel.label}”`, detailOf(event)].join(' ').trim(), who);
      };
      channel.addEventListener(type, note, { signal: this.#abort.signal });
    }
  }

  add(kind: LogEntry['kind'], name: string, detail = '', who = ''): void {
    const at = this.#clock.now() - this.#begin;
    const entry = { id: ++this.#ids, at, who, kind, name, detail };
    this.update({ entries: [...this.state.entries, entry].slice(-LENGTH) });
  }

  /** Forgets all, for what is to come. */
  clear(): void {
    this.stop();
    this.#begin = this.#clock.now();
    this.update({ entries: [] });
  }

  /** Watches nothing any more. What has been noted stays. */
  stop(): void {
    this.#abort.abort();
    this.#abort = new AbortController();
    this.#watched.clear();
  }
}

/** Describes a message only by its size: its content is private. */
function detailOf(event: Event): string {
  if (event instanceof MessageEvent) {
    const data = event.data as string | ArrayBuffer | Blob;
    const size =
      typeof data === 'string' ? data.length : 'size' in data ? data.size : data.byteLength;
    return `${typeof data === 'string' ? 'text' : 'binary'} ${size}`;
  }
  const { error } = event as RTCErrorEvent;
  return error ? `${error.name}: ${error.message}` : '';
}
