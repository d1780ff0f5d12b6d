import { nameKey } from '../../protocol/name-key.js';
import type { Client } from '../client.js';
import type { SessionRef } from '../directory.js';
import { Refusal } from '../refusal.js';
import type { Message } from './handler.js';

/** A fresh token: the session lasts until that one ends. A bad one changes nothing. */
export async function token(
  client: Client,
  session: SessionRef,
  { token: fresh }: Message<'token'>,
): Promise<void> {
  const { hub, address } = client;
  try {
    const { name, until } = await hub.admission.admit({
      name: session.name,
      token: fresh,
      address,
    });
    if (nameKey(name) !== session.key) {
      throw new Refusal('token-invalid', 'This token is for somebody else');
    }
    await client.lasts(session, until);
    client.send({ type: 'token', success: true });
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const { code, message } = error;
    hub.observe({ type: 'refused', code, name: session.name });
    client.send({ type: 'token', success: false, code, message });
  }
}
