import { nameKey } from '../protocol/name-key.js';
import type { CallRecord, SessionRef } from './directory.js';
import type { Hub } from './hub.js';
import { otherEnds } from './call-rules.js';
import { noSuchCall } from './refusal.js';

/** Whom a message is for, and of what call it speaks. */
interface About {
  name: string;
  call?: string;
}

/**
 * The call that a message is about: by its id from a client of the kit, which must be in it;
 * by the two names from a client of the course, which between two of the course there is none.
 */
export async function callAbout(
  hub: Hub,
  session: SessionRef,
  message: About,
): Promise<CallRecord | undefined> {
  if (!session.kit) return callBetween(hub, session, nameKey(message.name));
  const found = message.call && (await hub.directory.findCall(message.call));
  if (!found || !joins(found, session, message.name)) throw noSuchCall(message.call);
  return found;
}

/** As {@link callAbout}; a client of the kit speaks of calls that were accepted only. */
export async function acceptedCall(
  hub: Hub,
  session: SessionRef,
  message: About,
): Promise<CallRecord> {
  const call = await callAbout(hub, session, message);
  if (!call?.accepted) throw noSuchCall(message.call);
  return call;
}

/** The call between a session and a person; where one is of the course, there is one at most. */
export async function callBetween(
  hub: Hub,
  session: SessionRef,
  key: string,
): Promise<CallRecord | undefined> {
  const calls = await hub.directory.callsOf(session);
  return calls.find((call) => otherEnds(call, session)[0]!.key === key);
}

/** A call by id, in which `session` has that role and the person addressed has the other. */
export async function callAs(
  role: 'caller' | 'callee',
  hub: Hub,
  session: SessionRef,
  { name, call: id }: { name: string; call: string },
): Promise<CallRecord> {
  const found = await hub.directory.findCall(id);
  if (
    !found ||
    !joins(found, session, name) ||
    (found.caller.id === session.id) !== (role === 'caller')
  ) {
    throw noSuchCall(id);
  }
  return found;
}

function joins(call: CallRecord, one: SessionRef, other: string): boolean {
  const inside = [call.caller, ...call.callees].some(({ id }) => id === one.id);
  return inside && otherEnds(call, one)[0]!.key === nameKey(other);
}
