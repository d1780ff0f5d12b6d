import { RtcEvent } from './rtc-event.js';

/** Something went wrong; the person has been told in words where they look. */
export class RtcErrorEvent extends RtcEvent {
  /** Stable: one of `ErrorCode`. */
  readonly code: string;
  /** The error itself, with its cause, for developers. */
  readonly error: Error;

  constructor(code: string, error: Error) {
    super('rtc-error');
    this.code = code;
    this.error = error;
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'rtc-error': RtcErrorEvent;
  }
}
