import {
  ACCOUNT_CHANGED,
  PAGE_FROZEN,
  TAKEN_OVER,
  TOKEN_EXPIRED,
} from '../protocol/close-codes.js';

/** The far end of one client, however its frames travel. */
export interface Connection {
  /** Where it comes from, to count attempts to sign in by; unknown between tabs. */
  readonly address?: string;
  /** Sends one text frame. Must not throw when the connection is already closed. */
  send(frame: string): void;
  /** Settles once there is room for more after much was sent; undefined where there is room now. */
  room?(): Promise<void> | undefined;
  /** Closes it (RFC 6455, section 7.4). */
  close(code: number, reason: string): void;
}

/** WebSocket close codes that the hub tells apart or sends. */
export const CloseCode = {
  /** The client signed out, or is simply done. */
  normal: 1000,
  /** The page went away: a reload and a closed tab look the same. */
  goingAway: 1001,
  pageFrozen: PAGE_FROZEN,
  /** More than a limit allows; an error before it says which. */
  limitExceeded: 1008,
  /** The server ends, and another may take its place (IANA WebSocket close codes). */
  restart: 1012,
  /** The server can sign nobody in now (IANA WebSocket close codes). */
  tryAgain: 1013,
  /** A frame over the hard limit. */
  tooLarge: 1009,
  /** The server has as many connections as it takes (IANA WebSocket close codes). */
  tryAgainLater: 1013,
  takenOver: TAKEN_OVER,
  tokenExpired: TOKEN_EXPIRED,
  accountChanged: ACCOUNT_CHANGED,
  /** Somebody else got the name while the server had lost what it knew. */
  nameLost: 4004,
} as const;
