/**
 * `rtc-widgets/hub`: who is online, who may reach whom, ringing and mailboxes, over any connection.
 * For servers; a browser runs the same code between its tabs.
 */
export { anyone, type Admission, type Admitted, type Credentials } from './admission.js';
export type { Budget } from './byte-budget.js';
export { acceptedBy, areEnds, endsOf, isEnd, otherKey, withoutCallee } from './call-rules.js';
export { Client } from './client.js';
export { systemClock, type Clock } from '../time/clock.js';
export { TokenBucket, type Pace } from '../time/token-bucket.js';
export { CloseCode, type Connection } from './connection.js';
export type {
  CallRecord,
  Claim,
  Directory,
  HalfCall,
  Held,
  Loss,
  PresenceListener,
  Receive,
  SessionRef,
  Taken,
} from './directory.js';
export { Hub, type HubOptions } from './hub.js';
export { MAX_HELD, MAX_OVER, MemoryDirectory, type HeldSession } from './memory-directory.js';
export type { HubEvent, HubObserver } from './observer.js';
export { Refusal, signInBusy, tooManyAttempts } from './refusal.js';
export { grantOf, holderOf, type Wish } from './session-rules.js';
export {
  defaultHubSettings,
  type HubSettings,
  type Relays,
  type RingSettings,
} from './settings.js';
export { readSignature, signTicket } from './ticket.js';
