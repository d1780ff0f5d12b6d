import type { ServerMessage } from '../protocol/messages.js';
import { ByteBudget, bytesOf } from './byte-budget.js';
import type { Receive } from './directory.js';
import type { HubSettings } from './settings.js';

/** The connection that an outlet leads to. */
export interface OutletTarget {
  deliver(message: ServerMessage): void;
  /** Settles once the connection has room again; undefined where it has room now. */
  room(): Promise<void> | undefined;
}

/**
 * Passes a session's messages to its connection: none before the answer to the login, then those
 * of the mailbox, as fast as the client reads, and after them those that came meanwhile.
 */
export class Outlet {
  readonly #target: OutletTarget;
  readonly #settings: Pick<HubSettings, 'mailbox' | 'kept'>;
  readonly #budget: ByteBudget;
  /** Messages that came meanwhile, as JSON; undefined once all pass at once. */
  #early: string[] | undefined = [];

  constructor(target: OutletTarget, settings: Pick<HubSettings, 'mailbox' | 'kept'>) {
    this.#target = target;
    this.#settings = settings;
    this.#budget = new ByteBudget({ each: settings.kept.each, all: settings.kept.each });
  }

  readonly receive: Receive = (message) => {
    if (!this.#early) {
      this.#target.deliver(message);
      return true;
    }
    const text = JSON.stringify(message);
    if (this.#early.length >= this.#settings.mailbox) return false;
    if (!this.#budget.take('', bytesOf(text))) return false;
    this.#early.push(text);
    return true;
  };

  /** The login is answered: lets pass what waited, and then all that comes. */
  async open(waited: ServerMessage[]): Promise<void> {
    for (const message of waited) await this.#pass(message);
    for (let text = this.#early?.shift(); text !== undefined; text = this.#early?.shift()) {
      this.#budget.give('', bytesOf(text));
      await this.#pass(JSON.parse(text) as ServerMessage);
    }
    this.#early = undefined;
  }

  async #pass(message: ServerMessage): Promise<void> {
    await this.#target.room();
    this.#target.deliver(message);
  }
}
