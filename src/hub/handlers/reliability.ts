import { nameKey } from '../../protocol/name-key.js';
import type { Client } from '../client.js';
import type { SessionRef } from '../directory.js';
import type { Message } from './handler.js';

/** Messages have been read: whoever sent them is told, in the session that did. */
export async function ack(
  { hub }: Client,
  { name }: SessionRef,
  { name: to, link, seq }: Message<'ack'>,
): Promise<void> {
  const sessions = await hub.directory.locate(nameKey(to));
  for (const session of sessions) {
    await hub.directory.deliver(session, { type: 'ack', name, link, seq });
  }
}

/** A client says which call it is in, to a server that may have lost its state. */
export async function announce(
  client: Client,
  session: SessionRef,
  { name, call: id, kind, caller, accepted }: Message<'announce'>,
): Promise<void> {
  const { hub } = client;
  const known = await hub.directory.findCall(id);
  const ends = known && [known.caller, ...known.callees];
  if (ends?.some((end) => end.id === session.id)) return;
  // One that rang and has ended meanwhile rings for nobody: whoever was away hears of it now.
  if (!accepted && (await hub.directory.wasCall(id, session.key, nameKey(name)))) {
    return client.send({ type: 'leave', name, call: id, reason: 'gone' });
  }
  await hub.announceCall({ id, kind, session, name, other: nameKey(name), caller, accepted });
}

/** A sign of life, and from time to time what a long session needs anew. */
export function beat(client: Client, session: SessionRef): void {
  client.send({ type: 'beat' });
  client.renewRelays(session);
}
