import type { EndReason } from '../protocol/messages.js';
import { inBackground } from './background.js';
import type { Calls } from './calls.js';
import { CloseCode } from './connection.js';
import type { HubContext } from './context.js';
import type { CallRecord, Held, SessionRef } from './directory.js';
import { HeldNames } from './held-names.js';

/** A client that is signed in over a connection to this hub. */
export interface SignedIn {
  readonly address: string;
  readonly session: SessionRef | undefined;
  /** Ends the session, and the connection with it. */
  end(code: number, words: string): Promise<void>;
}

/**
 * How long sessions last: detaches those whose connection is gone, expires those that are not
 * resumed, ends those that sign out, and counts the names that each address holds.
 */
export class SessionLifetimes {
  readonly #hub: HubContext;
  readonly #calls: Calls;
  readonly #clients = new Set<SignedIn>();
  /** Sessions that came over a connection to this hub, by address. */
  readonly #names = new HeldNames();
  /** How to call the expiry of each detached session off, by its id. */
  readonly #expiring = new Map<string, () => void>();
  readonly #unwatch: () => void;

  constructor(hub: HubContext, calls: Calls) {
    this.#hub = hub;
    this.#calls = calls;
    hub.directory.onDue?.((session) => this.#expire(session));
    this.#unwatch = hub.admission.watch((key) =>
      inBackground(hub.observe, this.#signOutAccount(key)),
    );
  }

  /** Whether an address holds as many names as it may. */
  isFull(address: string): boolean {
    return this.#names.of(address) >= this.#hub.settings.namesPerAddress;
  }

  /** A client has a session now, new or resumed. */
  join(client: SignedIn, session: SessionRef): void {
    this.#clients.add(client);
    this.#cancelExpiry(session);
    this.#names.add(session.id, client.address);
  }

  /** A client has no session any more; what becomes of the session is said apart. */
  leave(client: SignedIn): void {
    this.#clients.delete(client);
  }

  /** A session belongs to a connection elsewhere now. */
  moved(session: SessionRef): void {
    this.#names.delete(session.id);
  }

  /** Whether a session may be resumed; otherwise it is ended. */
  async mayResume({ session, until }: Held): Promise<boolean> {
    const { admission, date } = this.#hub;
    const may = until === undefined ? await admission.knows(session.name) : date() < until;
    if (!may) await this.end(session, 'signed-out');
    return may;
  }

  /**
   * Keeps a session whose connection is gone for a while; its partners see it as away.
   * @param code with which the connection was closed
   * @param unused whether the session has sent nothing to anybody
   */
  async detach(session: SessionRef, code: number, unused: boolean): Promise<void> {
    const { clock, observe, directory } = this.#hub;
    const keep = this.#timeToResume(session, code, unused);
    const expire = () => inBackground(observe, this.#expire(session));
    // Before anything is awaited, or a session that is resumed meanwhile would end later.
    this.#expiring.set(session.id, clock.after(keep, expire));
    await directory.detach(session, keep);
    // A lost connection says nothing of the page, or of a call that goes on beside it.
    if (isPageGone(code)) {
      await this.#calls.tellPartners(session, { type: 'away', name: session.name });
    }
  }

  /** Ends a session, with its calls and its hold on the name. */
  async end(session: SessionRef, reason: EndReason): Promise<void> {
    this.#forget(session);
    await this.#tellEnd(session, await this.#hub.directory.release(session), reason);
  }

  /** Calls off every timer, and the watch over accounts. */
  close(): void {
    this.#unwatch();
    for (const cancel of this.#expiring.values()) cancel();
    this.#expiring.clear();
  }

  #timeToResume(session: SessionRef, code: number, unused: boolean): number {
    const { pageGone, resumeWindow, unusedNamesPerAddress, unusedNameKeep } = this.#hub.settings;
    const usual = isPageGone(code) ? pageGone : resumeWindow;
    const many = unused && this.#names.leaveUnused(session.id) > unusedNamesPerAddress;
    return many ? Math.min(usual, unusedNameKeep) : usual;
  }

  /** Ends all sessions of an account that was deleted, or has another password. */
  async #signOutAccount(key: string): Promise<void> {
    for (const client of this.#clients) {
      if (client.session?.key === key) {
        await client.end(CloseCode.accountChanged, 'The account has changed');
      }
    }
    for (const session of await this.#hub.directory.locate(key)) {
      await this.end(session, 'signed-out');
    }
  }

  /** Ends a session that was not resumed in time. */
  async #expire(session: SessionRef): Promise<void> {
    this.#forget(session);
    const calls = await this.#hub.directory.expire(session);
    if (calls) await this.#tellEnd(session, calls, 'gone');
  }

  async #tellEnd(session: SessionRef, calls: CallRecord[], reason: EndReason): Promise<void> {
    this.#hub.observe({ type: 'signed-out', name: session.name, reason });
    for (const call of calls) await this.#calls.tellEnd(call, session, reason);
  }

  #forget(session: SessionRef): void {
    this.#cancelExpiry(session);
    this.#names.delete(session.id);
  }

  #cancelExpiry({ id }: SessionRef): void {
    this.#expiring.get(id)?.();
    this.#expiring.delete(id);
  }
}

/** Whether a connection was closed because its page went away. */
function isPageGone(code: number): boolean {
  return code === CloseCode.goingAway || code === CloseCode.pageFrozen;
}
