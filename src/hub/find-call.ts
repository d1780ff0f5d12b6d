import { nameKey } from '../protocol/name-key.js';
import { isEnd, otherEnds, otherKey } from './call-rules.js';
import type { CallRecord, Directory, SessionRef } from './directory.js';
import { then, type Maybe } from './maybe.js';
import { noSuchCall } from './refusal.js';

/** The part of a message that names a person, and a call with them. */
interface About {
  name: string;
  call?: string;
}

/**
 * Finds the call that a message is about: by its id for a kit client, which must be in it; by the
 * two names for a basic client, which has one call with a person at most.
 * @returns undefined between two basic clients
 * @throws {Refusal} when a kit client is in no such call
 */
export function callAbout(
  directory: Directory,
  session: SessionRef,
  { name, call }: About,
): Maybe<CallRecord | undefined> {
  if (!session.kit) return callBetween(directory, session, nameKey(name));
  return then(call ? directory.findCall(call) : undefined, (found) => {
    if (!found || !joins(found, session, name)) throw noSuchCall(call);
    return found;
  });
}

/** As {@link callAbout}, for a call that was accepted. */
export async function acceptedCall(
  directory: Directory,
  session: SessionRef,
  message: About,
): Promise<CallRecord> {
  const call = await callAbout(directory, session, message);
  if (!call?.accepted) throw noSuchCall(message.call);
  return call;
}

/** Finds the call of a session with a person; if either has a basic client, there is one at most. */
export function callBetween(
  directory: Directory,
  session: SessionRef,
  key: string,
): Maybe<CallRecord | undefined> {
  return then(directory.callsOf(session), (calls) =>
    calls.find((call) => otherKey(call, session) === key),
  );
}

/**
 * Finds a call by id.
 * @throws {Refusal} when `session` has not that role in it, or the person named not the other
 */
export async function callAs(
  role: 'caller' | 'callee',
  directory: Directory,
  session: SessionRef,
  { name, call: id }: { name: string; call: string },
): Promise<CallRecord> {
  const found = await directory.findCall(id);
  if (!found || !joins(found, session, name)) throw noSuchCall(id);
  if ((found.caller.id === session.id) !== (role === 'caller')) throw noSuchCall(id);
  return found;
}

/** The session at the other end of a call; while it rings in several, the first. */
export const otherEnd = (call: CallRecord, session: SessionRef): SessionRef =>
  otherEnds(call, session)[0]!;

const joins = (call: CallRecord, session: SessionRef, other: string): boolean =>
  isEnd(call, session) && otherKey(call, session) === nameKey(other);
