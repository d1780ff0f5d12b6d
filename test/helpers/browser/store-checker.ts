import type { BaseSession } from '../../../src/core/base-session.js';

/**
 * Uses a session as a store such as React's `useSyncExternalStore` does, and keeps what such a
 * store would trip over.
 */
export class StoreChecker {
  /** The faults found, in words. */
  readonly faults: string[] = [];
  changes = 0;
  readonly #session: BaseSession;
  #state: BaseSession['state'];
  #content: readonly unknown[];

  constructor(session: BaseSession) {
    this.#session = session;
    this.#state = session.state;
    this.#content = contentOf(session);
    session.subscribe(() => this.#onChange());
  }

  /** Call at any time: what the last `change` told is what there is now. */
  look(): void {
    if (this.#session.state !== this.#state) this.faults.push('a new state without a change');
    const { length } = this.#newsSince();
    if (length) this.faults.push('a part changed without a change of the session');
  }

  #onChange(): void {
    this.changes++;
    if (this.#session.state === this.#state) this.faults.push('a change without a new state');
    else if (!this.#newsSince().length) this.faults.push('a change without news');
    this.#state = this.#session.state;
    this.#content = contentOf(this.#session);
  }

  #newsSince(): readonly unknown[] {
    const now = contentOf(this.#session);
    const { length } = this.#content;
    if (now.length !== length) return now;
    return now.filter((each, at) => each !== this.#content[at]);
  }
}

/** Everything that a page may show of a session. */
function contentOf({ signaling, state }: BaseSession): readonly unknown[] {
  const { calls, chats, roster } = state;
  return [
    signaling.state,
    roster,
    ...calls.flatMap((call) => [call, call.state]),
    ...chats.flatMap((chat) => [chat, chat.state]),
  ];
}
