import { MAX_FRAME_BYTES } from '../protocol/limits.js';
import type { Budget } from './byte-budget.js';
import type { Pace } from '../time/token-bucket.js';

/** Durations (milliseconds) and bounds of a hub. */
export interface HubSettings {
  /** How long a name is kept after its page went away (close code 1001). */
  pageGone: number;
  /** How long a session waits for its client after any other loss of the connection. */
  resumeWindow: number;
  /** How long changes of presence are gathered at least before they are sent as one message. */
  presenceInterval: number;
  /**
   * Sessions of one address that wait for their clients without having sent anything to anybody;
   * further ones wait for {@link unusedNameKeep}.
   */
  unusedNamesPerAddress: number;
  unusedNameKeep: number;
  /** Messages kept for a session whose connection is away; a sender is told when it is full. */
  mailbox: number;
  /** Bytes of what is kept for a session: its mailbox, and its candidates until it is answered. */
  kept: Budget;
  /** Sessions that one address may hold, with a connection or without one. */
  namesPerAddress: number;
  /** Sessions (tabs, devices) that one name may have at once. */
  sessionsPerName: number;
  /** How long before the end of a session's token its client is told. */
  tokenWarning: number;
  /** How often one connection may try to sign in. */
  signIns: number;
  /** Bytes of a frame that is served. */
  frameBytes: number;
  /** Most people that a client is shown as online. */
  rosterSize: number;
  /** Calls, ringing or accepted, that one session may make or take at once. */
  callsPerSession: number;
  /** How often somebody may ring, and how much at once. */
  rings: RingSettings;
  /** Handed out at login. */
  iceServers: RTCIceServer[];
  /** Relays with credentials that end: a client has new ones before. */
  relays: Relays | undefined;
}

/** Bounds of calls that ring. They count what rings from this hub. */
export interface RingSettings {
  /** New rings of one person at another. */
  perPair: Pace;
  /** New rings of one session. */
  perCaller: Pace;
  /** New rings from one address. */
  perAddress: Pace;
  /** The same ring again, from a client that does not know whether it arrived. */
  repeats: Pace;
  /** Calls that may ring at one person at once: in all, of one caller, from one address. */
  atOnce: number;
  atOncePerPair: number;
  atOncePerAddress: number;
  /** How long a call rings that nobody answers or gives up, in milliseconds. */
  longest: number;
}

const unlimited: Pace = { most: Infinity, period: 1 };

/** Where nobody is a stranger: between the tabs of one browser. */
export const unlimitedRings: RingSettings = {
  perPair: unlimited,
  perCaller: unlimited,
  perAddress: unlimited,
  repeats: unlimited,
  atOnce: Infinity,
  atOncePerPair: Infinity,
  atOncePerAddress: Infinity,
  longest: 24 * 60 * 60 * 1000,
};

/** Makes credentials for relays. */
export interface Relays {
  /** How long they count, in milliseconds. */
  readonly lifetime: number;
  /** @param key the person's `nameKey()` */
  credentials(key: string): RTCIceServer[];
}

export const defaultHubSettings: HubSettings = {
  pageGone: 10_000,
  resumeWindow: 60_000,
  presenceInterval: 100,
  unusedNamesPerAddress: 20,
  unusedNameKeep: 1000,
  mailbox: 256,
  kept: { each: 256 * 1024, all: 128 * 1024 * 1024 },
  namesPerAddress: 300,
  sessionsPerName: 1,
  tokenWarning: 60_000,
  signIns: 10,
  frameBytes: MAX_FRAME_BYTES,
  rosterSize: 5000,
  callsPerSession: 32,
  rings: {
    perPair: { most: 10, period: 60_000 },
    perCaller: { most: 60, period: 60_000 },
    perAddress: { most: 600, period: 60_000 },
    repeats: { most: 3, period: 3000 },
    atOnce: 256,
    atOncePerPair: 4,
    atOncePerAddress: 16,
    longest: 120_000,
  },
  iceServers: [],
  relays: undefined,
};
