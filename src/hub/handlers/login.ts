import { MAX_NAME_LENGTH } from '../../protocol/limits.js';
import { nameKey } from '../../protocol/name-key.js';
import { cleanName } from '../../protocol/names.js';
import type { Admitted } from '../admission.js';
import type { Client } from '../client.js';
import { CloseCode } from '../connection.js';
import { Outlet } from '../outlet.js';
import { nameTaken, Refusal, tooManyNames, unable, unavailable } from '../refusal.js';
import { readTicket, ticketOf } from '../ticket.js';
import type { Message } from './handler.js';

/** Takes a name for the client, or the session that it had before. */
export async function login(client: Client, message: Message<'login'>): Promise<void> {
  try {
    await signIn(client, message);
  } catch (error) {
    if (!(error instanceof Refusal)) client.hub.observe({ type: 'fault', error });
    const refusal = error instanceof Refusal ? error : unable();
    const { code, message: words, retryAfter } = refusal;
    client.hub.observe({ type: 'refused', code, name: cleanName(message.name), signIn: true });
    client.send({ type: 'login', success: false, code, message: words, retryAfter });
  }
}

async function signIn(client: Client, message: Message<'login'>): Promise<void> {
  const { hub } = client;
  if (client.session) {
    throw new Refusal('already-signed-in', 'This connection is signed in already');
  }
  const { name, until } = await admit(client, message);
  const kit = message.hello !== undefined;
  await checkNames(client, name, message.resume);
  const outlet = new Outlet(client, hub.settings);
  const claim = await hub.directory.claim(
    name,
    kit,
    message.resume && readTicket(message.resume).token,
    message.hello?.at,
    outlet.receive,
    (why) => client.lose(why),
  );
  if (!claim) throw nameTaken();
  if (claim === 'unavailable') {
    // A client of the kit tries again by itself, and keeps what it has, unless it is answered.
    if (kit) return client.hangUp(CloseCode.tryAgain, 'Try again');
    throw unavailable();
  }

  const { session, resumed, resume } = claim;
  // Yet another connection has taken the session over since.
  if (client.over) return;
  client.joined(session, resumed);
  hub.observe({ type: 'signed-in', name: session.name, kit, resumed });
  const { epoch } = hub.directory;
  const ticket = ticketOf(resume, epoch);
  // A client of the course resumes nothing; who has a token of the site's own shows that again.
  const sign = kit && until === undefined;
  const signed = sign ? await hub.admission.sign?.(session.name, ticket) : undefined;
  client.send({
    type: 'login',
    success: true,
    name: session.name,
    epoch,
    ...(kit && { resume: signed ?? ticket, resumed, iceServers: client.iceServers(session) }),
  });
  await client.lasts(session, until);
  await outlet.open(resumed ? await hub.directory.collect(session) : []);
  if (resumed) await hub.tellPartners(session, { type: 'back', name: session.name });
}

/** @throws {Refusal} when the client's address holds as many names as it may, and this is one more */
async function checkNames({ hub, address }: Client, name: string, resume = ''): Promise<void> {
  if (hub.names.of(address) < hub.settings.namesPerAddress) return;
  const held = resume && (await hub.directory.holds(nameKey(name), readTicket(resume).token));
  if (!held) throw tooManyNames();
}

/** Who the client may be: who goes on with a session need not show a password again. */
async function admit(
  { hub, address }: Client,
  { name: asked, resume, password, token }: Message<'login'>,
): Promise<Admitted> {
  const name = cleanName(asked);
  if (!name && token === undefined) {
    throw new Refusal('bad-name', `A name has 1 to ${MAX_NAME_LENGTH} characters, none of control`);
  }
  if (name && resume && token === undefined) {
    const ticket = readTicket(resume);
    const held = await hub.directory.holds(nameKey(name), ticket.token);
    if (held && (await hub.mayGoOn(held))) return { name, until: held.until };
    const before = hub.forgetful && ticket.epoch !== hub.directory.epoch;
    const known = before ? await hub.admission.readmit?.(name, resume) : undefined;
    if (known) return known;
  }
  return hub.admission.admit({ name, password, token, address });
}
