import type { SessionRef } from 'rtc-widgets/hub';

/** Most names whose sessions are remembered. */
const MAX_NAMES = 10_000;

/** Sessions of names as they were last read, until it is said that they have changed. */
export class KnownNames {
  readonly #known = new Map<string, SessionRef[]>();
  /** Reads on their way: what is said meanwhile makes their answers old. */
  readonly #reading = new Map<string, symbol>();

  /** The sessions of a name as remembered, or as `read` says. */
  get(key: string, read: () => Promise<SessionRef[]>): SessionRef[] | Promise<SessionRef[]> {
    const known = this.#known.get(key);
    if (known) return known;
    const reading = Symbol(key);
    this.#reading.set(key, reading);
    return read().then((sessions) => {
      if (this.#reading.get(key) === reading) {
        this.#reading.delete(key);
        if (sessions.length) this.#keep(key, sessions);
      }
      return sessions;
    });
  }

  forget(key: string): void {
    this.#known.delete(key);
    this.#reading.delete(key);
  }

  clear(): void {
    this.#known.clear();
    this.#reading.clear();
  }

  #keep(key: string, sessions: SessionRef[]): void {
    if (this.#known.size >= MAX_NAMES) this.#known.delete(this.#known.keys().next().value!);
    this.#known.set(key, sessions);
  }
}
