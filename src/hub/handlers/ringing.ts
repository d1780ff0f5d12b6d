import type { EndReason, ServerMessage } from '../../protocol/messages.js';
import { nameKey } from '../../protocol/name-key.js';
import type { Client } from '../client.js';
import type { CallRecord, SessionRef } from '../directory.js';
import type { Hub } from '../hub.js';
import { otherEnd } from '../other-end.js';
import { badField, noSuchCall, notOnline, Refusal } from '../refusal.js';
import { callAs, callBetween } from './find-call.js';
import type { Message } from './message.js';

/** Rings somebody. Nothing connects, and no candidate passes, before the callee accepts. */
export async function call(
  { hub }: Client,
  caller: SessionRef,
  message: Message<'call'>,
): Promise<void> {
  const { call: id, kind, offer } = message;
  const callee = await hub.directory.locate(nameKey(message.name));
  if (!callee) throw notOnline(message.name, id);
  if (callee.id === caller.id) throw new Refusal('yourself', 'That is your own name', id);
  if (!callee.kit && !offer) throw badField('offer', 'call', id);
  if (!callee.kit && (await callBetween(hub, caller, callee))) {
    throw new Refusal('call-exists', `There is a call with ${callee.name} already`, id);
  }
  await startCall(
    hub,
    { id, kind, caller, callee, accepted: false, held: [] },
    {
      type: 'call',
      name: caller.name,
      call: id,
      kind,
      ...(offer && { offer }),
    },
  );
  await hub.directory.deliver(caller, {
    type: 'ringing',
    name: callee.name,
    call: id,
    ...(!callee.kit && { plain: true }),
  });
}

/** Adds a call and lets it ring. */
export async function startCall(hub: Hub, record: CallRecord, ring: ServerMessage): Promise<void> {
  const { id, kind, caller, callee } = record;
  for (const end of [caller, callee]) {
    if ((await hub.directory.callsOf(end)).length >= hub.settings.callsPerSession) {
      throw new Refusal('too-many-calls', `${end.name} is in too many calls`, id);
    }
  }
  if (!(await hub.directory.addCall(record))) {
    throw new Refusal('call-exists', 'The id of this call is in use', id);
  }
  if (!(await hub.directory.deliver(callee, ring))) {
    await hub.directory.removeCall(id);
    throw notOnline(callee.name, id);
  }
  hub.observe({ type: 'call-started', call: id, kind, from: caller.name, to: callee.name });
}

/** The callee takes the call; from here on candidates pass. */
export async function accept(
  { hub }: Client,
  callee: SessionRef,
  message: Message<'accept'>,
): Promise<void> {
  const ringing = await callAs('callee', hub, callee, message);
  if (ringing.accepted) throw noSuchCall(ringing.id);
  if (!ringing.caller.kit && !message.answer) throw badField('answer', 'accept', ringing.id);
  await acceptCall(hub, ringing, {
    type: 'accept',
    name: callee.name,
    call: ringing.id,
    ...(message.answer && { answer: message.answer }),
  });
}

/** Tells the caller, then gives the callee the candidates that were kept from it. */
export async function acceptCall(
  hub: Hub,
  ringing: CallRecord,
  answer: ServerMessage,
): Promise<void> {
  ringing.accepted = true;
  await hub.directory.deliver(ringing.caller, answer);
  for (const candidate of ringing.held.splice(0)) {
    await hub.directory.deliver(ringing.callee, candidate);
  }
  hub.observe({ type: 'call-accepted', call: ringing.id });
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
  const call = await callAs(role, hub, by, message);
  if (call.accepted) {
    // The caller gave up while the callee accepted: to both, the call is over.
    if (role === 'caller') return hub.endCall(call, by, reason);
    throw noSuchCall(call.id);
  }
  await hub.directory.removeCall(call.id);
  const { type } = message;
  const words = { name: by.name, call: call.id, ...(type !== 'busy' && { reason }) };
  await hub.directory.deliver(otherEnd(call, by), { type, ...words } as ServerMessage);
  hub.observe({ type: 'call-ended', call: call.id, reason });
}
