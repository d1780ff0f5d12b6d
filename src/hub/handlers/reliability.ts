import { nameKey } from '../../protocol/name-key.js';
import { isEnd } from '../call-rules.js';
import type { SessionRef } from '../directory.js';
import type { HandlerContext, Message } from './handler.js';

/** Acknowledges messages to the person who sent them, in all their sessions. */
export async function ack(
  { hub: { directory } }: HandlerContext,
  { name }: SessionRef,
  { name: to, link, seq }: Message<'ack'>,
): Promise<void> {
  for (const session of await directory.locate(nameKey(to))) {
    await directory.deliver(session, { type: 'ack', name, link, seq });
  }
}

/** A client says which call it is in, to a server that may have lost its state. */
export async function announce(
  { hub: { directory }, calls, client }: HandlerContext,
  session: SessionRef,
  { name, call: id, kind, caller, accepted }: Message<'announce'>,
): Promise<void> {
  const known = await directory.findCall(id);
  if (known && isEnd(known, session)) return;
  // A ringing call that has ended meanwhile rings for nobody: a client that was away hears of it now.
  if (!accepted && (await directory.wasCall(id, session.key, nameKey(name)))) {
    return client.send({ type: 'leave', name, call: id, reason: 'gone' });
  }
  await calls.announce({ id, kind, session, name, other: nameKey(name), caller, accepted });
}

/** A sign of life: from time to time a long session needs new credentials, too. */
export function beat({ client }: HandlerContext, session: SessionRef): void {
  client.send({ type: 'beat' });
  client.renewIceServers(session);
}
