import type { CallRecord, SessionRef } from './directory.js';

/** The participant of a call who is not this session. */
export function otherEnd(call: CallRecord, session: SessionRef): SessionRef {
  return call.caller.id === session.id ? call.callee : call.caller;
}
