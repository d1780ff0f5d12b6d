import { nameKey } from '../../protocol/name-key.js';
import type { SessionRef } from '../directory.js';
import { Refusal } from '../refusal.js';
import type { HandlerContext, Message } from './handler.js';

/** A fresh token: the session lasts until that expires. A bad token changes nothing. */
export async function token(
  { hub, client }: HandlerContext,
  session: SessionRef,
  { token: fresh }: Message<'token'>,
): Promise<void> {
  try {
    const { name, until } = await hub.admission.admit({
      name: session.name,
      token: fresh,
      address: client.address,
    });
    if (nameKey(name) !== session.key) {
      throw new Refusal('token-invalid', 'This token is for somebody else');
    }
    await client.limit(session, until);
    client.send({ type: 'token', success: true });
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const { code, message } = error;
    hub.observe({ type: 'refused', code, name: session.name });
    client.send({ type: 'token', success: false, code, message });
  }
}
