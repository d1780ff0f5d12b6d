import type { ServerMessage, WireErrorCode } from '../../protocol/messages.js';
import { MAX_NAME_LENGTH } from '../../protocol/limits.js';
import { cleanName } from '../../protocol/names.js';
import type { Client } from '../client.js';
import type { Message } from './message.js';

/** Takes a name for the client, or the session that it had before. */
export async function login(client: Client, message: Message<'login'>): Promise<void> {
  const { hub } = client;
  const refuse = (code: WireErrorCode, words: string) => {
    hub.observe({ type: 'refused', code, name: cleanName(message.name), signIn: true });
    client.send({ type: 'login', success: false, code, message: words });
  };
  if (client.session) return refuse('already-signed-in', 'This connection is signed in already');
  const name = cleanName(message.name);
  if (!name) {
    return refuse('bad-name', `A name has 1 to ${MAX_NAME_LENGTH} characters, none of control`);
  }
  const kit = message.hello !== undefined;
  // Nothing reaches a client before the answer to its login, and nothing overtakes what waited.
  const early: ServerMessage[] = [];
  let receive = (delivered: ServerMessage): void => {
    early.push(delivered);
  };
  const claim = await hub.directory.claim(
    name,
    kit,
    message.resume,
    message.hello?.at,
    (delivered) => receive(delivered),
    () => client.takenOver(),
  );
  if (!claim) return refuse('name-taken', 'Somebody with this name is online');

  const { session, resumed, resume } = claim;
  // Yet another connection has taken the session over since.
  if (client.over) return;
  client.session = session;
  hub.keepSession(session);
  hub.observe({ type: 'signed-in', name: session.name, kit, resumed });
  const { epoch } = hub.directory;
  client.send({
    type: 'login',
    success: true,
    name: session.name,
    epoch,
    ...(kit && { resume, resumed, iceServers: client.iceServers(session) }),
  });
  const waited = resumed ? await hub.directory.collect(session) : [];
  for (const delivered of [...waited, ...early]) client.deliver(delivered);
  receive = (delivered) => client.deliver(delivered);
  if (resumed) await hub.tellPartners(session, { type: 'back', name: session.name });
}
