import { RtcEvent } from './rtc-event.js';

/** Signed in. Fired once, also when the connection had been lost in between. */
export class RtcLoginEvent extends RtcEvent {
  /** The name as the server keeps it. */
  readonly name: string;

  constructor(name: string) {
    super('rtc-login');
    this.name = name;
  }
}
