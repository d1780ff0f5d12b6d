import { MAX_FRAME_BYTES } from '../protocol/limits.js';

/** Durations (milliseconds) and bounds of a hub. */
export interface HubSettings {
  /** How long a name is kept after its page went away (close code 1001). */
  pageGone: number;
  /** How long a session waits for its client after any other loss of the connection. */
  resumeWindow: number;
  /** How long changes of presence are gathered at least before they are sent as one message. */
  presenceInterval: number;
  /** Frames kept for a session whose connection is away; a sender is told when it is full. */
  mailbox: number;
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
  /** Calls, ringing or accepted, that one session may be in at once. */
  callsPerSession: number;
  /** Handed out at login. */
  iceServers: RTCIceServer[];
  /** Relays with credentials that end: a client has new ones before. */
  relays: Relays | undefined;
}

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
  mailbox: 256,
  sessionsPerName: 1,
  tokenWarning: 60_000,
  signIns: 10,
  frameBytes: MAX_FRAME_BYTES,
  rosterSize: 5000,
  callsPerSession: 32,
  iceServers: [],
  relays: undefined,
};
