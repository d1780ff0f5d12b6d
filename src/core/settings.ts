import { systemClock, type Clock } from '../time/clock.js';

/** The settings of a session. Durations are in milliseconds. */
export interface SessionSettings {
  /** STUN and TURN servers, besides those the server hands out at login. */
  iceServers: RTCIceServer[];
  /** How long an outgoing call rings before it ends with `no-answer`. */
  ringTimeout: number;
  /** How long an accepted call may take to connect before it ends with `failed`. */
  connectTimeout: number;
  /** The first wait before reconnecting; it doubles with each attempt, with full jitter. */
  reconnectBase: number;
  /** The longest wait before reconnecting. */
  reconnectMax: number;
  /** How often the server is asked for a sign of life; two missed ones, and it is lost. */
  heartbeat: number;
  /** How long a message is tried before it is given up: as long as the server keeps a session. */
  resumeWindow: number;
  /** How often a message that has not been acknowledged is sent again. */
  resendInterval: number;
  /** How long acknowledgements are gathered. */
  ackDelay: number;
  /** How long a call without a path to the partner looks for another before it ends. */
  recoveryLimit: number;
  /** How often it does so, besides at every sign of a change. */
  recoveryInterval: number;
  /** Connects by relay only, so that neither side learns the other's address. */
  relayOnly: boolean;
  /** Calls go on in a page that has no tag to show and end them: its script ends them. */
  keepCalls: boolean;
  /** Largest picture that is captured; by default what the device suggests. */
  maxVideo: { width: number; height: number } | undefined;
  /** Where cameras and microphones come from. */
  getUserMedia: (constraints: MediaStreamConstraints) => Promise<MediaStream>;
  clock: Clock;
}

export const defaultSettings: SessionSettings = {
  iceServers: [],
  ringTimeout: 45_000,
  connectTimeout: 30_000,
  reconnectBase: 500,
  reconnectMax: 10_000,
  heartbeat: 15_000,
  resumeWindow: 60_000,
  resendInterval: 5_000,
  ackDelay: 100,
  recoveryLimit: 60_000,
  recoveryInterval: 5_000,
  relayOnly: false,
  keepCalls: false,
  maxVideo: undefined,
  getUserMedia: (constraints) => navigator.mediaDevices.getUserMedia(constraints),
  clock: systemClock,
};

/**
 * Merges settings: the defaults, then what code sets, then what attributes say. A later layer wins
 * where it has a value; undefined stands for none.
 */
export function mergeSettings(
  ...layers: (Partial<SessionSettings> | undefined)[]
): SessionSettings {
  const given = layers.map((layer) =>
    Object.fromEntries(Object.entries(layer ?? {}).filter(([, value]) => value !== undefined)),
  );
  return Object.assign({}, defaultSettings, ...given) as SessionSettings;
}
