import type { PresenceListener } from 'rtc-widgets/hub';
import { nameKey } from 'rtc-widgets/protocol';

/** Tells watchers who is online. */
export class Roster {
  readonly #read: () => Promise<Iterable<string>>;
  readonly #listeners = new Set<PresenceListener>();
  /** The names that watchers have been told, by key; empty while nobody watches. */
  readonly #told = new Map<string, string>();

  /** @param read asks Redis who is online */
  constructor(read: () => Promise<Iterable<string>>) {
    this.#read = read;
  }

  /** Keeps what is said to those who watch, so that they can be told of changes they missed. */
  remember(names: Iterable<string>): Iterable<string> {
    const all = byKey(names);
    if (this.#listeners.size) for (const [key, name] of all) this.#told.set(key, name);
    return all.values();
  }

  watch(listener: PresenceListener): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
      if (!this.#listeners.size) this.#told.clear();
    };
  }

  /** A name has come or gone. */
  tell: PresenceListener = (key, name, online) => {
    if (!this.#listeners.size) return;
    if (online) this.#told.set(key, name);
    else this.#told.delete(key);
    for (const listener of this.#listeners) listener(key, name, online);
  };

  /** Tells of the changes that nobody could tell of while Redis was away. */
  async catchUp(): Promise<void> {
    if (!this.#listeners.size) return;
    const all = byKey(await this.#read());
    for (const [key, name] of [...this.#told]) if (!all.has(key)) this.tell(key, name, false);
    for (const [key, name] of all) if (!this.#told.has(key)) this.tell(key, name, true);
  }
}

const byKey = (names: Iterable<string>): Map<string, string> =>
  new Map([...names].map((name) => [nameKey(name), name]));
