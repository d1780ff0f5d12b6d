import type { EndReason, ServerMessage } from '../../protocol/messages.js';
import { nameKey } from '../../protocol/name-key.js';
import type { Client } from '../client.js';
import type { CallRecord, SessionRef } from '../directory.js';
import type { Hub } from '../hub.js';
import { orderOf } from '../order.js';
import { otherEnds } from '../call-rules.js';
import { badField, mailboxFull, noSuchCall, notOnline, Refusal, tooManyCalls } from '../refusal.js';
import { callAs, callBetween } from '../find-call.js';
import type { Message } from './handler.js';

/** Rings somebody. Nothing connects, and no candidate passes, before the callee accepts. */
export async function call(
  client: Client,
  caller: SessionRef,
  message: Message<'call'>,
): Promise<void> {
  const { hub } = client;
  const { call: id, kind, offer } = message;
  const key = nameKey(message.name);
  const callees = await whereToRing(hub, caller, key, offer);
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
    // What came before it was for one of them: the others would wait for that in vain.
    ...(message.link && callees.length > 1 && { after: 0 }),
  };
  if (message.link && (await ringsAgain(hub, caller, message, ring))) return;
  if (!callee.kit && !offer) throw badField('offer', 'call', id);
  if (!callee.kit && (await callBetween(hub, caller, key))) {
    throw new Refusal('call-exists', `There is a call with ${callee.name} already`, id);
  }
  await startCall(client, { id, kind, caller, callees, accepted: false }, ring);
  await hub.directory.deliver(caller, {
    type: 'ringing',
    name: callee.name,
    call: id,
    ...(!callee.kit && { plain: true }),
  });
}

/** All sessions of a person; without an offer, those that the caller has a connection with. */
async function whereToRing(
  hub: Hub,
  caller: SessionRef,
  key: string,
  offer: unknown,
): Promise<SessionRef[]> {
  const all = await hub.directory.locate(key);
  if (offer || all.length < 2) return all;
  const calls = (await hub.directory.callsOf(caller)).filter(({ accepted }) => accepted);
  const ends = calls.flatMap((call) => otherEnds(call, caller));
  const connected = all.filter(({ id }) => ends.some((end) => end.id === id));
  return connected.length ? connected : all;
}

/** A ring that the server has had before: whether the other side has, only that side knows. */
async function ringsAgain(
  hub: Hub,
  caller: SessionRef,
  { call: id, name }: Message<'call'>,
  ring: ServerMessage,
): Promise<boolean> {
  const known = await hub.directory.findCall(id);
  // It has ended since, and the caller is about to hear of that: it does not begin anew.
  if (await hub.directory.wasCall(id, caller.key, nameKey(name))) return true;
  if (known?.caller.id !== caller.id || known.callees[0]!.key !== nameKey(name)) return false;
  // It is sent again later, if it has to be.
  if (!hub.rings.mayRepeat(id)) return true;
  for (const callee of known.callees) await hub.pass(callee, ring);
  return true;
}

/**
 * Adds a call and lets it ring.
 * @throws {Refusal} when the caller has as many calls as one may, not counting what rings at them;
 * when too much rings at the callee; or when nobody hears the ring
 */
export async function startCall(
  { hub, address }: Client,
  record: CallRecord,
  ring: ServerMessage,
): Promise<void> {
  const { id, kind, caller, callees } = record;
  const own = (await hub.directory.callsOf(caller)).filter(
    (each) => each.accepted || each.caller.id === caller.id,
  );
  if (own.length >= hub.settings.callsPerSession) throw tooManyCalls(caller.name, id);
  if (await hub.directory.findCall(id)) throw callExists(id);
  await hub.rings.begin(record, address);
  if (!(await hub.directory.addCall(record))) {
    hub.rings.end(id);
    throw callExists(id);
  }
  const heard: (boolean | 'full')[] = [];
  for (const callee of callees) heard.push(await hub.directory.deliver(callee, ring));
  const [callee] = callees as [SessionRef];
  if (!heard.includes(true)) {
    // It may have been heard for all one can know now; whoever sent it sends it again.
    const unsure = hub.directory.degraded && 'link' in ring;
    if (!unsure) {
      hub.rings.end(id);
      await hub.directory.removeCall(id, false);
    }
    throw heard.includes('full') ? mailboxFull(callee.name, id) : notOnline(callee.name, id);
  }
  hub.observe({ type: 'call-started', call: id, kind, from: caller.name, to: callee.name });
}

const callExists = (id: string) => new Refusal('call-exists', 'The id of this call is in use', id);

/** The callee takes the call; from here on candidates pass. */
export async function accept(
  client: Client,
  callee: SessionRef,
  message: Message<'accept'>,
): Promise<void> {
  const { hub } = client;
  const { name, call, link } = message;
  if (link && (await hub.directory.wasCall(call, callee.key, nameKey(name)))) {
    // Given up meanwhile, by a message that has not arrived yet: nothing is wrong.
    return client.send({ type: 'leave', name, call, reason: 'cancelled' });
  }
  const ringing = await callAs('callee', hub, callee, message);
  const { id, accepted, caller } = ringing;
  if (accepted && !message.link) throw noSuchCall(id);
  if (!caller.kit && !message.answer) throw badField('answer', 'accept', id);
  const answer: ServerMessage = {
    type: 'accept',
    name: callee.name,
    call: id,
    ...(message.answer && { answer: message.answer }),
    ...orderOf(message),
  };
  if (accepted) await hub.pass(caller, answer);
  else await acceptCall(hub, ringing, callee, answer);
}

/**
 * Tells the caller, gives the callee the candidates that were kept from it, and stops the ringing
 * in the callee's other sessions.
 */
export async function acceptCall(
  hub: Hub,
  ringing: CallRecord,
  callee: SessionRef,
  answer: ServerMessage,
): Promise<void> {
  const { id: call, caller } = ringing;
  const taken = await hub.directory.takeCall(call, callee);
  if (!taken) throw noSuchCall(call);
  hub.rings.end(call);
  await hub.pass(caller, answer);
  for (const candidate of taken.held) {
    await hub.directory.deliver(callee, candidate);
  }
  const reason = 'answered-elsewhere';
  for (const other of taken.others) {
    await hub.directory.deliver(other, { type: 'cancel', name: caller.name, call, reason });
  }
  hub.observe({ type: 'call-accepted', call });
}

/** The callee says no. */
export const decline = (client: Client, session: SessionRef, message: Message<'decline'>) =>
  endRinging('callee', client, session, message, message.reason ?? 'declined');

/** The callee is in another call. */
export const busy = (client: Client, session: SessionRef, message: Message<'busy'>) =>
  endRinging('callee', client, session, message, 'busy');

/** The caller gives up. */
export const cancel = (client: Client, session: SessionRef, message: Message<'cancel'>) =>
  endRinging('caller', client, session, message, message.reason ?? 'cancelled');

async function endRinging(
  role: 'caller' | 'callee',
  { hub }: Client,
  by: SessionRef,
  message: Message<'decline' | 'busy' | 'cancel'>,
  reason: EndReason,
): Promise<void> {
  if (await tellOfForgotten(hub, by, message)) return;
  const call = await callAs(role, hub, by, message);
  const order = orderOf(message);
  if (call.accepted) {
    // The caller gave up while the callee accepted: to both, the call is over.
    if (role === 'caller') return hub.endCall(call, by, reason, order);
    throw noSuchCall(call.id);
  }
  const { type } = message;
  // Who is busy in one session may not be in another, where it rings on.
  if (type === 'busy' && (await hub.directory.quitCall(call.id, by))) return;
  hub.rings.end(call.id);
  await hub.directory.removeCall(call.id);
  const words = { call: call.id, ...(type !== 'busy' && { reason }) };
  for (const end of otherEnds(call, by)) {
    const told = { type, name: by.name, ...words, ...order };
    await hub.directory.deliver(end, told as ServerMessage);
  }
  // Where else it rang for the one who said no.
  for (const callee of call.callees) {
    if (role === 'caller' || callee.id === by.id) continue;
    const told = { type: 'cancel', name: call.caller.name, call: call.id } as const;
    await hub.directory.deliver(callee, { ...told, reason: 'cancelled' });
  }
  hub.observe({ type: 'call-ended', call: call.id, reason });
}

/**
 * The end of a call between the two that the server knows no more, because it has heard of it or
 * has lost its state: the other side may not have, and is told.
 * @returns whether it was such a call
 */
export async function tellOfForgotten(
  hub: Hub,
  by: SessionRef,
  message: Message<'decline' | 'busy' | 'cancel' | 'leave'>,
): Promise<boolean> {
  const { type, call, link, name } = message;
  if (!link || !call || (await hub.directory.findCall(call))) return false;
  if (!hub.young && !(await hub.directory.wasCall(call, by.key, nameKey(name)))) return false;
  const others = (await hub.directory.locate(nameKey(name))).filter(({ kit }) => kit);
  if (!others.length) throw notOnline(name, call);
  const reason = 'reason' in message && message.reason ? { reason: message.reason } : {};
  for (const other of others) {
    const told = { type, name: by.name, call, ...reason, ...orderOf(message) };
    await hub.pass(other, told as ServerMessage);
  }
  return true;
}
