/** The base of all events of the kit: they bubble and cross shadow roots. */
export class RtcEvent extends Event {
  constructor(type: string, init?: EventInit) {
    super(type, { bubbles: true, composed: true, ...init });
  }
}
