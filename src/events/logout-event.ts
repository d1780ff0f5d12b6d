import type { ErrorCode } from '../core/errors.js';
import { RtcEvent } from './rtc-event.js';

/** Signed out, by the person or, with an error, by the server. */
export class RtcLogoutEvent extends RtcEvent {
  /** The name that was signed in. */
  readonly name: string;
  /** Why, when nobody asked for it. */
  readonly code: ErrorCode | undefined;

  constructor(name: string, code?: ErrorCode) {
    super('rtc-logout');
    this.name = name;
    this.code = code;
  }
}
