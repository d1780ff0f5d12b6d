import type { CallRecord, SessionRef } from './directory.js';

/** The sessions at the other end of a call: one, or several in which it still rings. */
export function otherEnds(call: CallRecord, session: SessionRef): SessionRef[] {
  return call.caller.id === session.id ? call.callees : [call.caller];
}
