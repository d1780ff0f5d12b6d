import type { ServerMessage } from '../../protocol/messages.js';
import { nameKey } from '../../protocol/name-key.js';
import type { HubContext } from '../context.js';
import type { SessionRef } from '../directory.js';
import { orderOf } from '../order.js';
import { notOnline } from '../refusal.js';
import { relay } from '../relay.js';
import type { Message } from './handler.js';

/**
 * Passes the end of a call on that the hub has forgotten, because it has ended or because the hub
 * has lost its state: the partner may not know of the end yet.
 * @returns whether it was such a call
 */
export async function tellOfForgotten(
  { directory, recovering }: HubContext,
  by: SessionRef,
  message: Message<'decline' | 'busy' | 'cancel' | 'leave'>,
): Promise<boolean> {
  const { type, call, link, name } = message;
  if (!link || !call || (await directory.findCall(call))) return false;
  if (!recovering && !(await directory.wasCall(call, by.key, nameKey(name)))) return false;
  const others = (await directory.locate(nameKey(name))).filter(({ kit }) => kit);
  if (!others.length) throw notOnline(name, call);
  const reason = 'reason' in message && message.reason ? { reason: message.reason } : {};
  for (const other of others) {
    const told = { type, name: by.name, call, ...reason, ...orderOf(message) };
    await relay(directory, other, told as ServerMessage);
  }
  return true;
}
