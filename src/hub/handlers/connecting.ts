import { randomId } from '../../protocol/ids.js';
import type { Order, ServerMessage } from '../../protocol/messages.js';
import { nameKey } from '../../protocol/name-key.js';
import type { Client } from '../client.js';
import { callKindOf, courseCandidate, courseDescription } from '../basic-client.js';
import type { CallRecord, SessionRef } from '../directory.js';
import type { Hub } from '../hub.js';
import { orderOf } from '../order.js';
import { otherEnds } from '../call-rules.js';
import { badField, mailboxFull, noSuchCall, notOnline } from '../refusal.js';
import { acceptedCall, callAbout, callBetween } from '../find-call.js';
import { acceptCall, startCall, tellOfForgotten } from './ringing.js';
import type { Message } from './handler.js';

type Connecting = Message<'offer' | 'answer' | 'candidate' | 'leave'>;

/** A description that starts a course client's call, or renegotiates one of the kit. */
export async function offer(
  client: Client,
  session: SessionRef,
  message: Message<'offer'>,
): Promise<void> {
  const { hub } = client;
  const { offer: content, fresh } = message;
  const other = await reach(hub, session, message);
  if (!session.kit && other.kit) return ringForCourse(client, session, other, content);
  if (!session.kit) client.partner = other;
  await hub.pass(other, relay(session, message, { offer: content, ...(fresh && { fresh }) }));
}

/** The answer to an offer. */
export async function answer(
  client: Client,
  session: SessionRef,
  message: Message<'answer'>,
): Promise<void> {
  const { hub } = client;
  const other = await reach(hub, session, message);
  if (!session.kit && other.kit) return answerForCourse(hub, session, other, message.answer);
  if (!session.kit) client.partner = other;
  await hub.pass(other, relay(session, message, { answer: message.answer }));
}

/** Where one end may be reached. A caller's wait, with the hub, until the call is accepted. */
export async function candidate(
  { hub }: Client,
  session: SessionRef,
  message: Message<'candidate'>,
): Promise<void> {
  const call = await callAbout(hub, session, message).catch(async (error: unknown) => {
    // Of somebody who is not there, that is what is said.
    await personOf(hub, message);
    throw error;
  });
  const content = call ? courseCandidate(message.candidate) : message.candidate;
  if (call && content === undefined && message.candidate !== undefined) {
    throw badField('candidate', 'candidate');
  }
  const relayed = relay(session, { ...message, call: call?.id }, { candidate: content });
  if (call && !call.accepted) {
    const calls = call.caller.id === session.id;
    const held = calls && (await hub.directory.holdCandidate(call.id, relayed));
    if (held === 'full')
      throw mailboxFull(call.callees[0]!.name, session.kit ? call.id : undefined);
    if (held) return;
    // A course client knows no accepting: its candidates may run ahead of its answer.
    if (!calls && session.kit) throw noSuchCall(call.id);
  }
  await hub.pass(otherEnd(call, session) ?? (await personOf(hub, message)), relayed);
}

/** The end of a call, by either side. */
export async function leave(
  client: Client,
  session: SessionRef,
  message: Message<'leave'>,
): Promise<void> {
  const { hub } = client;
  const other = await personOf(hub, message);
  if (client.partner?.key === other.key) client.partner = undefined;
  if (await tellOfForgotten(hub, session, message)) return;
  const call = await callAbout(hub, session, message);
  if (call) await hub.endCall(call, session, message.reason ?? 'hung-up', orderOf(message));
  // For a client of the kit there is a call or nothing to leave.
  else if (!other.kit) await hub.pass(other, { type: 'leave', name: session.name });
}

/** A session of the person a message is for. */
async function personOf(hub: Hub, { name, call }: Connecting): Promise<SessionRef> {
  const [found] = await hub.directory.locate(nameKey(name));
  if (!found) throw notOnline(name, call);
  return found;
}

/** The session a description is for: from a client of the kit, the one it has the call with. */
async function reach(hub: Hub, session: SessionRef, message: Connecting): Promise<SessionRef> {
  const person = await personOf(hub, message);
  if (!session.kit) return person;
  return otherEnd(await acceptedCall(hub, session, message), session)!;
}

function otherEnd(call: CallRecord | undefined, session: SessionRef): SessionRef | undefined {
  return call && otherEnds(call, session)[0];
}

/** A course client's offer rings at a client of the kit; one it has there already is over. */
async function ringForCourse(
  client: Client,
  caller: SessionRef,
  callee: SessionRef,
  content: unknown,
): Promise<void> {
  const { hub } = client;
  const offer = courseDescription('offer', content);
  if (!offer) throw badField('offer', 'offer');
  const before = await callBetween(hub, caller, callee.key);
  if (before) await hub.endCall(before, caller, 'hung-up');
  const id = randomId();
  const kind = callKindOf(offer);
  const { name } = caller;
  // Who was there when the offer came may have gone since.
  const callees = await hub.directory.locate(callee.key);
  if (!callees.length) throw notOnline(callee.name);
  const record = { id, kind, caller, callees, accepted: false };
  await startCall(client, record, { type: 'call', name, call: id, kind, offer, plain: true });
}

/** A course client's answer accepts the call of a client of the kit, or its later offer. */
async function answerForCourse(
  hub: Hub,
  session: SessionRef,
  other: SessionRef,
  content: unknown,
): Promise<void> {
  const answer = courseDescription('answer', content);
  if (!answer) throw badField('answer', 'answer');
  const call = await callBetween(hub, session, other.key);
  if (!call || (!call.accepted && call.caller.id === session.id)) throw noSuchCall();
  const words = { name: session.name, call: call.id, answer };
  if (call.accepted) await hub.pass(call.caller, { type: 'answer', ...words });
  else await acceptCall(hub, call, session, { type: 'accept', ...words });
}

/** A message as it goes on: stamped with who speaks. */
function relay(
  { name }: SessionRef,
  message: { type: ServerMessage['type']; call?: string } & Order,
  content: object,
): ServerMessage {
  const { type, call, link, seq, after } = message;
  const relayed: Record<string, unknown> = { type, name, ...content };
  if (call) relayed.call = call;
  // One by one: of all that a server does, this is done most often.
  if (link !== undefined) {
    relayed.link = link;
    relayed.seq = seq;
    relayed.after = after;
  }
  return relayed as ServerMessage;
}
