import type { CallRecord, HalfCall, SessionRef } from './directory.js';

/** The sessions at both ends of a call. */
export const endsOf = ({ caller, callees }: CallRecord): SessionRef[] => [caller, ...callees];

/** Whether a session is in a call, or rung by it. */
export const isEnd = (call: CallRecord, { id }: SessionRef): boolean =>
  endsOf(call).some((end) => end.id === id);

/** The sessions at the other end of a call: several while it rings in several. */
export const otherEnds = ({ caller, callees }: CallRecord, session: SessionRef): SessionRef[] =>
  caller.id === session.id ? callees : [caller];

/** The key of the person at the other end of a call. */
export const otherKey = (call: CallRecord, end: SessionRef): string => otherEnds(call, end)[0]!.key;

/** A ringing call without one of its callees; undefined where it rings in no other session. */
export function withoutCallee(call: CallRecord, { id }: SessionRef): CallRecord | undefined {
  const callees = call.callees.filter((callee) => callee.id !== id);
  if (!callees.length || callees.length === call.callees.length) return undefined;
  return { ...call, callees };
}

/**
 * A ringing call as one session accepts it, and where else it rang.
 * @returns undefined when it does not ring in that session
 */
export function acceptedBy(
  call: CallRecord | undefined,
  { id }: SessionRef,
): { call: CallRecord; others: SessionRef[] } | undefined {
  const by = call?.callees.find((callee) => callee.id === id);
  if (!call || call.accepted || !by) return undefined;
  return {
    call: { ...call, callees: [by], accepted: true },
    others: call.callees.filter((callee) => callee !== by),
  };
}

/** Whether two announcements are of the two ends of one call, each naming the other. */
export const areEnds = (one: HalfCall, other: HalfCall): boolean =>
  one.session.id !== other.session.id &&
  one.session.key === other.other &&
  other.session.key === one.other;

/** The call that its two ends have announced. */
export function callOf(one: HalfCall, other: HalfCall): CallRecord {
  const [caller, callee] = other.caller ? [other, one] : [one, other];
  const accepted = one.accepted || other.accepted;
  const { id, kind } = other;
  return { id, kind, caller: caller.session, callees: [callee.session], accepted };
}
