import type { ServerMessage } from '../../protocol/messages.js';
import type { OnlinePerson } from './online-list.js';

type PresenceMessage = Extract<ServerMessage, { type: 'roster' | 'presence' }>;

const encoder = new TextEncoder();

/** A message about who is online, serialised once for everybody who gets it. */
export class SharedFrame {
  readonly text: string;
  readonly #people: readonly OnlinePerson[];
  readonly #write: (names: string[]) => PresenceMessage;
  #keys: Set<string> | undefined;
  #bytes: number | undefined;

  /**
   * @param people those who are online, as the message says
   * @param write makes the message of their names
   */
  constructor(people: readonly OnlinePerson[], write: (names: string[]) => PresenceMessage) {
    this.#people = people;
    this.#write = write;
    this.text = JSON.stringify(write(people.map(({ name }) => name)));
  }

  /** Length in UTF-8. */
  get bytes(): number {
    return (this.#bytes ??= encoder.encode(this.text).length);
  }

  /**
   * The same without one person, serialised anew only where the message names them.
   * @returns undefined when the message says nothing else
   */
  without(key: string): string | undefined {
    this.#keys ??= new Set(this.#people.map((person) => person.key));
    if (!this.#keys.has(key)) return this.text;
    const others = this.#people.filter((person) => person.key !== key);
    const message = this.#write(others.map(({ name }) => name));
    const empty = message.type === 'presence' && !others.length && !message.offline.length;
    return empty ? undefined : JSON.stringify(message);
  }
}
