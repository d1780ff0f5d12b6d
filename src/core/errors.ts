import type { WireErrorCode } from '../protocol/messages.js';

/** What can go wrong in the browser. The words for people live in `localize/`. */
export type ClientErrorCode =
  | 'unreachable'
  | 'bad-server'
  | 'taken-over'
  | 'not-signed-in'
  | 'in-a-call'
  | 'webrtc-unsupported'
  | 'local-unsupported'
  | 'message-too-long'
  | 'bad-ice-servers'
  | 'connection-failed'
  | MediaErrorCode;

/** Each way in which a camera or microphone can be refused, or lost in a call. */
export type MediaErrorCode =
  | 'media-denied'
  | 'media-not-found'
  | 'media-in-use'
  | 'media-insecure'
  | 'media-unsupported'
  | 'media-failed'
  | 'media-lost';

export type ErrorCode = ClientErrorCode | WireErrorCode;

/** An error with a stable code; its message is for developers, not for people. */
export class RtcError extends Error {
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string = code, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
