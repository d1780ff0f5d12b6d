import { RtcEvent } from './rtc-event.js';

/** What a page is told of a call. `Call` of the core fits; events know nothing above them. */
export interface CallInfo {
  readonly id: string;
  /** The other person, as shown. */
  readonly name: string;
  readonly kind: 'video' | 'voice' | 'chat';
  readonly direction: 'outgoing' | 'incoming';
}

/** Somebody calls. Cancel it (`preventDefault()`) to decline the call unseen. */
export class RtcCallIncomingEvent<T extends CallInfo = CallInfo> extends RtcEvent {
  readonly call: T;

  constructor(call: T) {
    super('rtc-call-incoming', { cancelable: true });
    this.call = call;
  }
}

/** A call is connected: the first media or text may flow. */
export class RtcCallStartEvent<T extends CallInfo = CallInfo> extends RtcEvent {
  readonly call: T;

  constructor(call: T) {
    super('rtc-call-start');
    this.call = call;
  }
}

/** A call is over, or was never taken. */
export class RtcCallEndEvent<T extends CallInfo = CallInfo> extends RtcEvent {
  readonly call: T;
  /** Why: one of `EndReason`. */
  readonly reason: string;

  constructor(call: T, reason: string) {
    super('rtc-call-end');
    this.call = call;
    this.reason = reason;
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'rtc-call-incoming': RtcCallIncomingEvent;
    'rtc-call-start': RtcCallStartEvent;
    'rtc-call-end': RtcCallEndEvent;
  }
}
