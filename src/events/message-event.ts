import { RtcEvent } from './rtc-event.js';

/** A chat message has arrived. */
export class RtcMessageEvent extends RtcEvent {
  /** The author's name, as shown. */
  readonly from: string;
  readonly text: string;

  constructor(from: string, text: string) {
    super('rtc-message');
    this.from = from;
    this.text = text;
  }
}
