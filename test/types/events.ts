// Checked by `tsc --noEmit` and never run: each event carries the types of the kit.
import type {
  Call,
  EndReason,
  ErrorCode,
  RtcError,
  Session,
  SessionEventMap,
} from '../../src/core/index.js';
import type { RtcCallChangeEvent, RtcEventMap, RtcLoginEvent } from '../../src/index.js';
import { isExactly, type Exact, type Expect } from './expect.js';

declare const session: Session;
declare const provider: HTMLElementTagNameMap['rtc-provider'];

provider.addEventListener('rtc-call-incoming', ({ call }) => {
  isExactly<Call>()(call);
  call.addEventListener('change', () => call.state.phase);
  void call.accept();
});
provider.addEventListener('rtc-call-start', ({ call }) => call.state.since);
provider.addEventListener('rtc-call-change', ({ call }) => call.state.local.microphone);
provider.addEventListener('rtc-call-end', ({ call, reason }) => {
  isExactly<Call>()(call);
  isExactly<EndReason>()(reason);
  // @ts-expect-error: no such reason
  return reason === 'bored';
});
provider.addEventListener('rtc-error', ({ code, error }) => {
  isExactly<ErrorCode>()(code);
  isExactly<RtcError>()(error);
  // @ts-expect-error: no such code
  return code === 'oops';
});
provider.addEventListener('rtc-logout', ({ name, code }) => {
  isExactly<string>()(name);
  isExactly<ErrorCode | undefined>()(code);
});
provider.addEventListener('rtc-token-expiring', ({ seconds }) => seconds.toFixed());
provider.addEventListener('rtc-message', ({ from, text }) => from + text);

// Where an event bubbles to, it has its type too.
document.addEventListener('rtc-login', ({ name }) => name.trim());
window.addEventListener('rtc-call-change', ({ call }) => call.name);
document.body.addEventListener('rtc-token-expiring', ({ seconds }) => seconds.toFixed());

session.addEventListener('rtc-login', (event) => {
  isExactly<RtcLoginEvent>()(event);
});
const onCallChange = ({ call }: RtcCallChangeEvent) => call.hangUp();
session.addEventListener('rtc-call-change', onCallChange, { once: true });
session.removeEventListener('rtc-call-change', onCallChange);
session.addEventListener('change', (event: Event) => event.type);
// @ts-expect-error: it carries no call
session.addEventListener('rtc-login', ({ call }) => call);

export type OnSession = Expect<Exact<Exclude<keyof SessionEventMap, 'change'>, keyof RtcEventMap>>;
type RtcEventName = Extract<keyof HTMLElementEventMap, `rtc-${string}`>;
export type OnElements = Expect<Exact<RtcEventName, keyof RtcEventMap>>;
