import type {
  RtcCallChangeEvent,
  RtcCallEndEvent,
  RtcCallIncomingEvent,
  RtcCallStartEvent,
} from './call-events.js';
import type { RtcErrorEvent } from './error-event.js';
import type { RtcLoginEvent } from './login-event.js';
import type { RtcLogoutEvent } from './logout-event.js';
import type { RtcMessageEvent } from './message-event.js';
import type { RtcTokenExpiringEvent } from './token-expiring-event.js';

/** The public events, by type. */
export interface RtcEventMap {
  'rtc-login': RtcLoginEvent;
  'rtc-logout': RtcLogoutEvent;
  'rtc-token-expiring': RtcTokenExpiringEvent;
  'rtc-call-incoming': RtcCallIncomingEvent;
  'rtc-call-change': RtcCallChangeEvent;
  'rtc-call-start': RtcCallStartEvent;
  'rtc-call-end': RtcCallEndEvent;
  'rtc-message': RtcMessageEvent;
  'rtc-error': RtcErrorEvent;
}

declare global {
  // HTMLElementEventMap, DocumentEventMap and WindowEventMap extend this map.
  // eslint-disable-next-line @typescript-eslint/no-empty-object-type
  interface GlobalEventHandlersEventMap extends RtcEventMap {}
}
