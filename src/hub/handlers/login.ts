import { MAX_NAME_LENGTH } from '../../protocol/limits.js';
import { nameKey } from '../../protocol/name-key.js';
import { cleanName } from '../../protocol/names.js';
import type { Admitted } from '../admission.js';
import { CloseCode } from '../connection.js';
import type { Claim } from '../directory.js';
import { Outlet } from '../outlet.js';
import { nameTaken, Refusal, tooManyNames, unable, unavailable } from '../refusal.js';
import { readTicket, ticketOf } from '../ticket.js';
import type { HandlerContext, Message } from './handler.js';

/** Claims a name for the client, or resumes the session that it had before. */
export async function login(context: HandlerContext, message: Message<'login'>): Promise<void> {
  const { hub, client } = context;
  try {
    await signIn(context, message);
  } catch (error) {
    if (!(error instanceof Refusal)) hub.observe({ type: 'fault', error });
    const refusal = error instanceof Refusal ? error : unable();
    const { code, message: words, retryAfter } = refusal;
    hub.observe({ type: 'refused', code, name: cleanName(message.name), signIn: true });
    client.send({ type: 'login', success: false, code, message: words, retryAfter });
  }
}

async function signIn(context: HandlerContext, message: Message<'login'>): Promise<void> {
  const { hub, calls, client } = context;
  const { directory } = hub;
  if (client.session) {
    throw new Refusal('already-signed-in', 'This connection is signed in already');
  }
  const { name, until } = await admit(context, message);
  const kit = message.hello !== undefined;
  await checkNames(context, name, message.resume);
  const outlet = new Outlet(client, hub.settings);
  const claim = await directory.claim(
    name,
    kit,
    message.resume && readTicket(message.resume).token,
    message.hello?.at,
    outlet.receive,
    (why) => client.lose(why),
  );
  if (!claim) throw nameTaken();
  if (claim === 'unavailable') {
    // A kit client tries again by itself, and keeps what it has, unless it is answered.
    if (kit) return client.hangUp(CloseCode.tryAgain, 'Try again');
    throw unavailable();
  }
  const { session, resumed } = claim;
  // Yet another connection has taken the session over since.
  if (client.over) return;
  client.joined(session, resumed);
  hub.observe({ type: 'signed-in', name: session.name, kit, resumed });
  await greet(context, claim, until);
  await client.limit(session, until);
  await outlet.open(resumed ? await directory.collect(session) : []);
  if (resumed) await calls.tellPartners(session, { type: 'back', name: session.name });
}

/** Answers the login. */
async function greet(
  { hub, client }: HandlerContext,
  { session, resumed, resume }: Claim,
  until: number | undefined,
): Promise<void> {
  const { kit, name } = session;
  const { epoch } = hub.directory;
  const ticket = ticketOf(resume, epoch);
  // A basic client resumes nothing; a client with a token of the site's own shows that again.
  const sign = kit && until === undefined;
  const signed = sign ? await hub.admission.sign?.(name, ticket) : undefined;
  client.send({
    type: 'login',
    success: true,
    name,
    epoch,
    ...(kit && { resume: signed ?? ticket, resumed, iceServers: client.iceServers(session) }),
  });
}

/** @throws {Refusal} when the client's address holds as many names as it may, and this is one more */
async function checkNames(
  { hub, sessions, client }: HandlerContext,
  name: string,
  resume = '',
): Promise<void> {
  if (!sessions.isFull(client.address)) return;
  const held = resume && (await hub.directory.holds(nameKey(name), readTicket(resume).token));
  if (!held) throw tooManyNames();
}

/** Decides who the client is: a client that resumes a session shows no password again. */
async function admit(
  { hub, sessions, client }: HandlerContext,
  { name: asked, resume, password, token }: Message<'login'>,
): Promise<Admitted> {
  const { admission, directory } = hub;
  const name = cleanName(asked);
  if (!name && token === undefined) {
    throw new Refusal('bad-name', `A name has 1 to ${MAX_NAME_LENGTH} characters, none of control`);
  }
  if (name && resume && token === undefined) {
    const ticket = readTicket(resume);
    const held = await directory.holds(nameKey(name), ticket.token);
    if (held && (await sessions.mayResume(held))) return { name, until: held.until };
    const before = hub.sessionsMayReturn && ticket.epoch !== directory.epoch;
    const known = before ? await admission.readmit?.(name, resume) : undefined;
    if (known) return known;
  }
  return admission.admit({ name, password, token, address: client.address });
}
