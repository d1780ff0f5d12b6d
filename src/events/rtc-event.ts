/** What all events of the kit share: they bubble and cross shadow roots. */
export class RtcEvent extends Event {
  constructor(type: string, init?: EventInit) {
    super(type, { bubbles: true, composed: true, ...init });
  }
}
