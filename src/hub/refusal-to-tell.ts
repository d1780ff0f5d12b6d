import type { ClientMessage } from '../protocol/messages.js';
import { nameKey } from '../protocol/name-key.js';
import type { HubContext } from './context.js';
import type { SessionRef } from './directory.js';
import { unavailable, type Refusal } from './refusal.js';

/**
 * Decides how a sender is told of a refusal.
 * @returns undefined when the sender is to hear nothing: a message with a link is tried again, or
 * the end of its call is on its way to the sender
 */
export async function refusalToTell(
  refusal: Refusal,
  message: ClientMessage | undefined,
  session: SessionRef | undefined,
  { directory, recovering }: HubContext,
): Promise<Refusal | undefined> {
  const { code, call } = refusal;
  const linked = !!message && 'link' in message && message.link !== undefined;
  const unknown = code === 'not-online' || code === 'no-such-call';
  const { degraded = false } = directory;
  // Perhaps only not known yet.
  if (linked && unknown && (degraded || (recovering && message.type !== 'call'))) return undefined;
  if (unknown && degraded) return unavailable(call);
  if (linked && code === 'no-such-call' && (await wasCall(message, session, directory))) {
    return undefined;
  }
  return refusal;
}

async function wasCall(
  message: ClientMessage,
  session: SessionRef | undefined,
  directory: HubContext['directory'],
): Promise<boolean> {
  const { call, name = '' } = message as { call?: string; name?: string };
  return !!session && !!call && directory.wasCall(call, session.key, nameKey(name));
}
