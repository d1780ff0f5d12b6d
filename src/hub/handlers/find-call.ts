import { nameKey } from '../../protocol/name-key.js';
import type { CallRecord, SessionRef } from '../directory.js';
import type { Hub } from '../hub.js';
import { otherEnd } from '../other-end.js';
import { noSuchCall } from '../refusal.js';

/**
 * The call that a message is about: by its id from a client of the kit, which must be in it;
 * by the two names from a client of the course, which between two of the course there is none.
 */
export async function callAbout(
  hub: Hub,
  session: SessionRef,
  other: SessionRef,
  id: string | undefined,
): Promise<CallRecord | undefined> {
  if (!session.kit) return callBetween(hub, session, other);
  const found = id && (await hub.directory.findCall(id));
  if (!found || !joins(found, session, other)) throw noSuchCall(id);
  return found;
}

/** As {@link callAbout}; a client of the kit speaks of calls that were accepted only. */
export async function acceptedCall(
  hub: Hub,
  session: SessionRef,
  other: SessionRef,
  id: string | undefined,
): Promise<void> {
  if (!(await callAbout(hub, session, other, id))?.accepted) throw noSuchCall(id);
}

/** The call between two sessions; where one of them is of the course, there is one at most. */
export async function callBetween(
  hub: Hub,
  session: SessionRef,
  other: SessionRef,
): Promise<CallRecord | undefined> {
  const calls = await hub.directory.callsOf(session);
  return calls.find((call) => otherEnd(call, session).id === other.id);
}

/** A call by id, in which `session` has that role and the person addressed has the other. */
export async function callAs(
  role: 'caller' | 'callee',
  hub: Hub,
  session: SessionRef,
  { name, call: id }: { name: string; call: string },
): Promise<CallRecord> {
  const found = await hub.directory.findCall(id);
  const fits = found?.[role].id === session.id && otherEnd(found, session).key === nameKey(name);
  if (!fits) throw noSuchCall(id);
  return found;
}

function joins(call: CallRecord, one: SessionRef, other: SessionRef): boolean {
  return otherEnd(call, one).id === other.id && otherEnd(call, other).id === one.id;
}
