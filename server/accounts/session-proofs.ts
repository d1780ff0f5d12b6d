import { createHmac, timingSafeEqual } from 'node:crypto';
import { readSignature, signTicket } from 'rtc-widgets/hub';
import { nameKey } from 'rtc-widgets/protocol';
import type { Account, AccountStore } from './account-store.js';

/**
 * Shows a server that was started anew who had shown a password to the one before: an HMAC
 * (RFC 2104) over the ticket of the session, by a secret that is kept beside the accounts. Another
 * password makes it worthless.
 */
export class SessionProofs {
  readonly #store: AccountStore;
  #secret: string | undefined;

  constructor(store: AccountStore) {
    this.#store = store;
  }

  /** A ticket, signed. */
  async sign(name: string, ticket: string): Promise<string> {
    const account = await this.#store.find(name);
    return account ? signTicket(ticket, await this.#signature(account, ticket)) : ticket;
  }

  /** The account of the person whose ticket was signed. */
  async accountOf(name: string, signed: string): Promise<Account | undefined> {
    const { ticket, signature } = readSignature(signed);
    const account = ticket ? await this.#store.find(name) : undefined;
    if (!account) return undefined;
    const right = Buffer.from(await this.#signature(account, ticket));
    const shown = Buffer.from(signature);
    const fits = right.length === shown.length && timingSafeEqual(right, shown);
    return fits ? account : undefined;
  }

  async #signature({ name, changed }: Account, ticket: string): Promise<string> {
    this.#secret ??= await this.#store.secret();
    const hmac = createHmac('sha256', this.#secret);
    return hmac.update(JSON.stringify([nameKey(name), changed, ticket])).digest('base64url');
  }
}
