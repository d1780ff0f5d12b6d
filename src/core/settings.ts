import { systemClock, type Clock } from '../hub/clock.js';

/** What a session can be told. Durations are milliseconds. */
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
  /** Largest picture that is captured; by default what the device suggests. */
  maxVideo?: { width: number; height: number };
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
  getUserMedia: (constraints) => navigator.mediaDevices.getUserMedia(constraints),
  clock: systemClock,
};
