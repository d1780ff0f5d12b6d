import type { ErrorCode, RtcError } from '../core/errors.js';
import { RtcEvent } from './rtc-event.js';

/** Something went wrong; the person has been told in words where they look. */
export class RtcErrorEvent extends RtcEvent {
  /** Stable, in all languages. */
  readonly code: ErrorCode;
  /** The error itself, with its cause, for developers. */
  readonly error: RtcError;

  constructor(error: RtcError) {
    super('rtc-error');
    this.code = error.code;
    this.error = error;
  }
}
