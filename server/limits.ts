import type { Pace } from 'rtc-widgets/hub';

/** Bounds of connections: how many, and how much each may do. Durations are milliseconds. */
export interface Limits {
  /**
   * Frames that a connection may send a second, on average over {@link BURST}: a page that is back
   * sends at once what it could not send before.
   */
  framesPerSecond: number;
  /**
   * Bytes that a connection may send a second, on average over {@link BURST}; pieces of frames that
   * never end count, too.
   */
  bytesPerSecond: number;
  /** WebSocket connections at once. */
  connections: number;
  /** And of one address: an office, or a school behind one router. */
  connectionsPerAddress: number;
  /**
   * Connections that are no WebSocket, or not yet; one more, and one of the address with most is
   * cut.
   */
  requestsAtOnce: number;
  /** And of one address: as many as may be WebSockets, which may all come at one moment. */
  requestsPerAddress: number;
  /** How long the request for a page or a WebSocket may take to arrive. */
  requestTime: number;
  /** How long a connection may be open before somebody has signed in on it. */
  signInTime: number;
  /**
   * How long a connection may send nothing. A kit page asks for a sign of life every 15
   * seconds; a basic client may wait for a call all day.
   */
  idle: number;
  /** Bytes that may wait for a client that does not read. */
  maxBuffered: number;
  /** Bytes that may wait for all such clients together. */
  bufferedInAll: number;
}

/** How long a connection may send at full speed what it may send in that time; milliseconds. */
const BURST = 5000;

/** The pace of so many frames or bytes per second, on average over {@link BURST}. */
export const paceOf = (perSecond: number): Pace => ({
  most: (perSecond * BURST) / 1000,
  period: BURST,
});

/**
 * Derives the bounds of an address at the hub from its number of connections: a client that has
 * lost one comes back to its name, and few people ring more than three times a minute.
 */
export const ofAddress = (connections: number) => ({
  names: Math.ceil(1.5 * connections),
  rings: 3 * connections,
});

export const defaultLimits: Limits = {
  framesPerSecond: 100,
  bytesPerSecond: 512 * 1024,
  connections: 10_000,
  connectionsPerAddress: 200,
  requestsAtOnce: 1000,
  requestsPerAddress: 200,
  requestTime: 10_000,
  signInTime: 10_000,
  idle: 24 * 60 * 60 * 1000,
  maxBuffered: 4 * 1024 * 1024,
  bufferedInAll: 256 * 1024 * 1024,
};
