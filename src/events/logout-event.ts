import { RtcEvent } from './rtc-event.js';

/** Signed out, by the person or, with an error, by the server. */
export class RtcLogoutEvent extends RtcEvent {
  /** The name that was signed in. */
  readonly name: string;
  /** Why, when nobody asked for it: an error code. */
  readonly code: string | undefined;

  constructor(name: string, code?: string) {
    super('rtc-logout');
    this.name = name;
    this.code = code;
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'rtc-logout': RtcLogoutEvent;
  }
}
