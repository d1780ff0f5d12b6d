import type { EndReason, ServerMessage } from '../../protocol/messages.js';
import { nameKey } from '../../protocol/name-key.js';
import { otherEnds } from '../call-rules.js';
import type { Directory, SessionRef } from '../directory.js';
import { callAs, callBetween } from '../find-call.js';
import { orderOf } from '../order.js';
import { badField, noSuchCall, notOnline, Refusal } from '../refusal.js';
import { relay } from '../relay.js';
import { tellOfForgotten } from './forgotten-call.js';
import type { HandlerContext, Message } from './handler.js';

/** Rings somebody. Nothing connects, and no candidate passes, before the callee accepts. */
export async function call(
  context: HandlerContext,
  caller: SessionRef,
  message: Message<'call'>,
): Promise<void> {
  const { hub, calls, client } = context;
  const { directory } = hub;
  const { call: id, kind, offer } = message;
  const key = nameKey(message.name);
  const callees = await whereToRing(directory, caller, key, offer);
  const [callee] = callees;
  if (!callee) throw notOnline(message.name, id);
  if (key === caller.key) throw new Refusal('yourself', 'That is your own name', id);
  const ring: ServerMessage = {
    type: 'call',
    name: caller.name,
    call: id,
    kind,
    ...(offer && { offer }),
    ...orderOf(message),
    // Earlier messages of the link went to one session: the others would wait for them in vain.
    ...(message.link && callees.length > 1 && { after: 0 }),
  };
  if (message.link && (await ringsAgain(context, caller, message, ring))) return;
  if (!callee.kit && !offer) throw badField('offer', 'call', id);
  if (!callee.kit && (await callBetween(directory, caller, key))) {
    throw new Refusal('call-exists', `There is a call with ${callee.name} already`, id);
  }
  await calls.ring({ id, kind, caller, callees, accepted: false }, ring, client.address);
  await directory.deliver(caller, {
    type: 'ringing',
    name: callee.name,
    call: id,
    ...(!callee.kit && { plain: true }),
  });
}

/** All sessions of a person; without an offer, those that the caller has a connection with. */
async function whereToRing(
  directory: Directory,
  caller: SessionRef,
  key: string,
  offer: unknown,
): Promise<SessionRef[]> {
  const all = await directory.locate(key);
  if (offer || all.length < 2) return all;
  const calls = (await directory.callsOf(caller)).filter(({ accepted }) => accepted);
  const ends = calls.flatMap((call) => otherEnds(call, caller));
  const connected = all.filter(({ id }) => ends.some((end) => end.id === id));
  return connected.length ? connected : all;
}

/**
 * Handles a ring that the hub has had before: only the callee knows whether it has, too.
 * @returns whether it was such a ring
 */
async function ringsAgain(
  { hub: { directory }, calls }: HandlerContext,
  caller: SessionRef,
  { call: id, name }: Message<'call'>,
  ring: ServerMessage,
): Promise<boolean> {
  const known = await directory.findCall(id);
  // A call that has ended does not begin anew: the caller is about to hear of its end.
  if (await directory.wasCall(id, caller.key, nameKey(name))) return true;
  if (known?.caller.id !== caller.id || known.callees[0]!.key !== nameKey(name)) return false;
  await calls.ringAgain(known, ring);
  return true;
}

/** The callee accepts; from here on candidates pass. */
export async function accept(
  { hub: { directory }, calls, client }: HandlerContext,
  callee: SessionRef,
  message: Message<'accept'>,
): Promise<void> {
  const { name, call, link } = message;
  if (link && (await directory.wasCall(call, callee.key, nameKey(name)))) {
    // Given up meanwhile, by a message that has not arrived yet: nothing is wrong.
    return client.send({ type: 'leave', name, call, reason: 'cancelled' });
  }
  const ringing = await callAs('callee', directory, callee, message);
  const { id, accepted, caller } = ringing;
  if (accepted && !link) throw noSuchCall(id);
  if (!caller.kit && !message.answer) throw badField('answer', 'accept', id);
  const answer: ServerMessage = {
    type: 'accept',
    name: callee.name,
    call: id,
    ...(message.answer && { answer: message.answer }),
    ...orderOf(message),
  };
  if (accepted) await relay(directory, caller, answer);
  else await calls.accept(ringing, callee, answer);
}

/** The callee declines. */
export const decline = (
  context: HandlerContext,
  session: SessionRef,
  message: Message<'decline'>,
): Promise<void> => endRinging('callee', context, session, message, message.reason ?? 'declined');

/** The callee is in another call. */
export const busy = (
  context: HandlerContext,
  session: SessionRef,
  message: Message<'busy'>,
): Promise<void> => endRinging('callee', context, session, message, 'busy');

/** The caller gives up. */
export const cancel = (
  context: HandlerContext,
  session: SessionRef,
  message: Message<'cancel'>,
): Promise<void> => endRinging('caller', context, session, message, message.reason ?? 'cancelled');

async function endRinging(
  role: 'caller' | 'callee',
  { hub, calls }: HandlerContext,
  by: SessionRef,
  message: Message<'decline' | 'busy' | 'cancel'>,
  reason: EndReason,
): Promise<void> {
  const { directory, observe } = hub;
  if (await tellOfForgotten(hub, by, message)) return;
  const call = await callAs(role, directory, by, message);
  const order = orderOf(message);
  if (call.accepted) {
    // The caller gave up while the callee accepted: to both, the call is over.
    if (role === 'caller') return calls.end(call, by, reason, order);
    throw noSuchCall(call.id);
  }
  const { type } = message;
  // A person who is busy in one session may not be in another, where it rings on.
  if (type === 'busy' && (await directory.quitCall(call.id, by))) return;
  await calls.remove(call.id);
  const words = { call: call.id, ...(type !== 'busy' && { reason }) };
  for (const end of otherEnds(call, by)) {
    const told = { type, name: by.name, ...words, ...order };
    await directory.deliver(end, told as ServerMessage);
  }
  const elsewhere = role === 'callee' ? call.callees.filter(({ id }) => id !== by.id) : [];
  for (const callee of elsewhere) {
    const told = { type: 'cancel', name: call.caller.name, call: call.id } as const;
    await directory.deliver(callee, { ...told, reason: 'cancelled' });
  }
  observe({ type: 'call-ended', call: call.id, reason });
}
