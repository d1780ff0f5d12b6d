import { RtcEvent } from './rtc-event.js';

/** The token of this session ends soon: give `rtc-login` a fresh one, or be signed out. */
export class RtcTokenExpiringEvent extends RtcEvent {
  /** In how many seconds it ends. */
  readonly seconds: number;

  constructor(seconds: number) {
    super('rtc-token-expiring');
    this.seconds = seconds;
  }
}
