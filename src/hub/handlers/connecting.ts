import { randomId } from '../../protocol/ids.js';
import type { Order, ServerMessage } from '../../protocol/messages.js';
import { nameKey } from '../../protocol/name-key.js';
import { basicCandidate, basicDescription, callKindOf } from '../basic-client.js';
import type { CallRecord, Directory, SessionRef } from '../directory.js';
import { acceptedCall, callAbout, callBetween, otherEnd } from '../find-call.js';
import { attempt, then, type Maybe } from '../maybe.js';
import { orderOf } from '../order.js';
import { badField, mailboxFull, noSuchCall, notOnline } from '../refusal.js';
import { relay } from '../relay.js';
import { tellOfForgotten } from './forgotten-call.js';
import type { HandlerContext, Message } from './handler.js';

type Connecting = Message<'offer' | 'answer' | 'candidate' | 'leave'>;

/** A description that starts a basic client's call, or renegotiates a kit client's. */
export async function offer(
  context: HandlerContext,
  session: SessionRef,
  message: Message<'offer'>,
): Promise<void> {
  const { hub, client } = context;
  const { offer: content, fresh } = message;
  const other = await reach(hub.directory, session, message);
  if (!session.kit && other.kit) return ringForBasic(context, session, other, content);
  if (!session.kit) client.partner = other;
  const relayed = stamped(session, message, { offer: content, ...(fresh && { fresh }) });
  await relay(hub.directory, other, relayed);
}

/** The answer to an offer. */
export async function answer(
  context: HandlerContext,
  session: SessionRef,
  message: Message<'answer'>,
): Promise<void> {
  const { hub, client } = context;
  const other = await reach(hub.directory, session, message);
  if (!session.kit && other.kit) return answerForBasic(context, session, other, message.answer);
  if (!session.kit) client.partner = other;
  await relay(hub.directory, other, stamped(session, message, { answer: message.answer }));
}

/** A candidate of either end. A caller's wait, with the hub, until the call is accepted. */
export function candidate(
  { hub: { directory } }: HandlerContext,
  session: SessionRef,
  message: Message<'candidate'>,
): Maybe<unknown> {
  return then(callOf(directory, session, message), (call): Maybe<unknown> => {
    if (!call) {
      const relayed = stamped(session, message, { candidate: message.candidate });
      return then(personOf(directory, message), (other) => relay(directory, other, relayed));
    }
    const content = basicCandidate(message.candidate);
    if (content === undefined && message.candidate !== undefined) {
      throw badField('candidate', 'candidate');
    }
    const relayed = stamped(session, message, { candidate: content }, call.id);
    if (!call.accepted) return keepUntilAccepted(directory, call, session, relayed);
    return relay(directory, otherEnd(call, session), relayed);
  });
}

/** The end of a call, by either side. */
export async function leave(
  { hub, calls, client }: HandlerContext,
  session: SessionRef,
  message: Message<'leave'>,
): Promise<void> {
  const other = await personOf(hub.directory, message);
  if (client.partner?.key === other.key) client.partner = undefined;
  if (await tellOfForgotten(hub, session, message)) return;
  const call = await callAbout(hub.directory, session, message);
  if (call) await calls.end(call, session, message.reason ?? 'hung-up', orderOf(message));
  // A kit client is in a call that the hub knows, or has nothing to leave.
  else if (!other.kit) await relay(hub.directory, other, { type: 'leave', name: session.name });
}

/** The call of a candidate. @throws {Refusal} first of all when the person is not online */
function callOf(
  directory: Directory,
  session: SessionRef,
  message: Connecting,
): Maybe<CallRecord | undefined> {
  return attempt(
    () => callAbout(directory, session, message),
    async (error) => {
      await personOf(directory, message);
      throw error;
    },
  );
}

/** A session of the person a message is for. */
function personOf(directory: Directory, { name, call }: Connecting): Maybe<SessionRef> {
  return then(directory.locate(nameKey(name)), ([found]) => {
    if (!found) throw notOnline(name, call);
    return found;
  });
}

/** The session a description is for: from a kit client, the other end of the call. */
async function reach(
  directory: Directory,
  session: SessionRef,
  message: Connecting,
): Promise<SessionRef> {
  const person = await personOf(directory, message);
  if (!session.kit) return person;
  return otherEnd(await acceptedCall(directory, session, message), session);
}

/** Keeps a candidate of a ringing call's caller from the callee. */
async function keepUntilAccepted(
  directory: Directory,
  call: CallRecord,
  session: SessionRef,
  candidate: ServerMessage,
): Promise<void> {
  if (call.caller.id === session.id) {
    const held = await directory.holdCandidate(call.id, candidate);
    if (held === 'full') {
      throw mailboxFull(call.callees[0]!.name, session.kit ? call.id : undefined);
    }
    if (held) return;
  } else if (session.kit) throw noSuchCall(call.id);
  // Accepted meanwhile, or of a basic client, whose candidates may run ahead of its answer.
  await relay(directory, otherEnd(call, session), candidate);
}

/** A basic client's offer rings at a kit client; a call that the two have already is over. */
async function ringForBasic(
  { hub: { directory }, calls, client }: HandlerContext,
  caller: SessionRef,
  callee: SessionRef,
  content: unknown,
): Promise<void> {
  const offer = basicDescription('offer', content);
  if (!offer) throw badField('offer', 'offer');
  const before = await callBetween(directory, caller, callee.key);
  if (before) await calls.end(before, caller, 'hung-up');
  const id = randomId();
  const kind = callKindOf(offer);
  const { name } = caller;
  // The callee may have gone since the offer came.
  const callees = await directory.locate(callee.key);
  if (!callees.length) throw notOnline(callee.name);
  const call = { id, kind, caller, callees, accepted: false };
  const ring = { type: 'call', name, call: id, kind, offer, plain: true } as const;
  await calls.ring(call, ring, client.address);
}

/** A basic client's answer accepts a kit client's call, or answers its later offer. */
async function answerForBasic(
  { hub: { directory }, calls }: HandlerContext,
  session: SessionRef,
  other: SessionRef,
  content: unknown,
): Promise<void> {
  const answer = basicDescription('answer', content);
  if (!answer) throw badField('answer', 'answer');
  const call = await callBetween(directory, session, other.key);
  if (!call || (!call.accepted && call.caller.id === session.id)) throw noSuchCall();
  const words = { name: session.name, call: call.id, answer };
  if (call.accepted) await relay(directory, otherEnd(call, session), { type: 'answer', ...words });
  else await calls.accept(call, session, { type: 'accept', ...words });
}

/** A message as it is relayed: stamped with the name of its sender. */
function stamped(
  { name }: SessionRef,
  message: { type: ServerMessage['type']; call?: string } & Order,
  content: object,
  call = message.call,
): ServerMessage {
  const { type, link, seq, after } = message;
  const relayed: Record<string, unknown> = { type, name, ...content };
  if (call) relayed.call = call;
  // Field by field: of all that a server does, this is done most often.
  if (link !== undefined) {
    relayed.link = link;
    relayed.seq = seq;
    relayed.after = after;
  }
  return relayed as ServerMessage;
}
