import type { Call } from '../core/call/call.js';
import type { EndReason } from '../protocol/messages.js';
import { RtcEvent } from './rtc-event.js';

/** Somebody calls. Cancel it (`preventDefault()`) to decline the call unseen. */
export class RtcCallIncomingEvent extends RtcEvent {
  readonly call: Call;

  constructor(call: Call) {
    super('rtc-call-incoming', { cancelable: true });
    this.call = call;
  }
}

/**
 * A call has a new `state`: it rings, connects, reconnects, is muted, ends … Also fired for a call
 * that begins here, made by this person or taken up after a reload.
 */
export class RtcCallChangeEvent extends RtcEvent {
  readonly call: Call;

  constructor(call: Call) {
    super('rtc-call-change');
    this.call = call;
  }
}

/** A call is connected: the first media or text may flow. */
export class RtcCallStartEvent extends RtcEvent {
  readonly call: Call;

  constructor(call: Call) {
    super('rtc-call-start');
    this.call = call;
  }
}

/** A call is over, or was never accepted. */
export class RtcCallEndEvent extends RtcEvent {
  readonly call: Call;
  readonly reason: EndReason;

  constructor(call: Call, reason: EndReason) {
    super('rtc-call-end');
    this.call = call;
    this.reason = reason;
  }
}
