import type { WireErrorCode } from '../protocol/messages.js';

/** The errors that arise in the browser. The words for people live in `localize/`. */
export type ClientErrorCode =
  | 'unreachable'
  | 'bad-server'
  | 'origin-refused'
  | 'taken-over'
  | 'account-changed'
  | 'not-signed-in'
  | 'in-a-call'
  | 'webrtc-unsupported'
  | 'local-unsupported'
  | 'message-too-long'
  | 'bad-ice-servers'
  | 'connection-failed'
  /** The call part could not be loaded. */
  | 'calls-not-loaded'
  /** A partner sends more than this page can take: the call with them has ended. */
  | 'partner-floods'
  | MediaErrorCode;

/** Each way in which a camera or microphone can be refused, or lost in a call. */
export type MediaErrorCode =
  | 'media-denied'
  | 'media-forbidden'
  | 'media-not-found'
  | 'camera-not-found'
  | 'microphone-not-found'
  | 'media-in-use'
  | 'media-insecure'
  | 'media-unsupported'
  | 'media-failed'
  | 'media-lost';

export type ErrorCode = ClientErrorCode | WireErrorCode;

/** An error with a stable code; its message is for developers, not for people. */
export class RtcError extends Error {
  // Written out: minified code gives the class another name.
  override readonly name = 'RtcError';
  readonly code: ErrorCode;
  /** In how many seconds to try again, where the server says so. */
  readonly retryAfter: number | undefined;

  constructor(
    code: ErrorCode,
    message: string = code,
    options?: ErrorOptions & { retryAfter?: number | undefined },
  ) {
    super(message, options);
    this.code = code;
    this.retryAfter = options?.retryAfter;
  }
}
