import type { PresenceListener } from 'rtc-widgets/hub';
import { nameKey } from 'rtc-widgets/protocol';

/** Who is online, told to those who watch. */
export class Roster {
  readonly #read: () => Promise<[key: string, name: string][]>;
  readonly #listeners = new Set<PresenceListener>();
  /** What those who watch have been told; empty while nobody does. */
  readonly #told = new Map<string, string>();

  /** @param read asks Redis who is online */
  constructor(read: () => Promise<[key: string, name: string][]>) {
    this.#read = read;
  }

  /** Everyone online, as shown. */
  async online(): Promise<Iterable<string>> {
    return this.#remember(await this.#read());
  }

  /** Everyone online as far as this process knows, while Redis cannot say. */
  onlineHere(names: Iterable<string>): Iterable<string> {
    return this.#remember([...names].map((name) => [nameKey(name), name]));
  }

  /** Keeps what is said to those who watch, so that they can be told what has changed unheard. */
  #remember(all: [key: string, name: string][]): Iterable<string> {
    if (this.#listeners.size) for (const [key, name] of all) this.#told.set(key, name);
    return new Map(all).values();
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

  /** Tells what has changed unheard. */
  async catchUp(): Promise<void> {
    if (!this.#listeners.size) return;
    const all = new Map(await this.#read());
    for (const [key, name] of [...this.#told]) if (!all.has(key)) this.tell(key, name, false);
    for (const [key, name] of all) if (!this.#told.has(key)) this.tell(key, name, true);
  }
}
