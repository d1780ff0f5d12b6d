import type { ServerMessage } from '../protocol/messages.js';
import { nameKey } from '../protocol/name-key.js';
import type { Signaling } from './signaling/signaling.js';
import { Store } from './store.js';

export interface RosterState {
  /** Who else is online, as shown, by `nameKey()`. Empty unless somebody watches. */
  online: ReadonlyMap<string, string>;
}

/** Who is online. The server tells of it only while at least one part of the page watches. */
export class Roster extends Store<RosterState> {
  readonly #signaling: Signaling;
  #watchers = 0;
  /** A new roster that is still coming in, page by page. */
  #incoming: Map<string, string> | undefined;

  constructor(signaling: Signaling) {
    super({ online: new Map() });
    this.#signaling = signaling;
  }

  /** Starts to watch. @returns a function that stops it. */
  watch(): () => void {
    if (this.#watchers++ === 0) this.#signaling.send({ type: 'watch', on: true });
    return () => {
      if (--this.#watchers === 0) this.#signaling.send({ type: 'watch', on: false });
    };
  }

  /** Asks anew after a sign-in, and forgets everybody after a sign-out. */
  signedIn(yes: boolean): void {
    if (!yes) this.update({ online: new Map() });
    else if (this.#watchers) this.#signaling.send({ type: 'watch', on: true });
  }

  receive(message: Extract<ServerMessage, { type: 'roster' | 'presence' }>): void {
    if (message.type === 'roster') {
      this.#incoming ??= new Map();
      for (const name of message.names) this.#incoming.set(nameKey(name), name);
      if (message.more) return;
      this.update({ online: this.#incoming });
      this.#incoming = undefined;
    } else {
      const online = new Map(this.state.online);
      for (const name of message.offline) online.delete(nameKey(name));
      for (const name of message.online) online.set(nameKey(name), name);
      this.update({ online });
    }
  }
}
