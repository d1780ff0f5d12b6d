import { nameKey } from '../../src/protocol/name-key.js';
import type { Json } from './hub-client.js';

/** The names online that a client following docs/protocol.md shows, by search. */
export class ShownPages {
  readonly pages = new Map<string, Map<string, string>>();
  readonly totals = new Map<string, number>();
  #incoming: string[] = [];

  /** Takes a message; one without a search is of everybody. */
  receive(message: Json): void {
    const {
      type,
      total,
      search = '',
    } = message as { type: string; total?: number; search?: string };
    if (type === 'roster') {
      this.#incoming.push(...(message.names as string[]));
      if (message.more) return;
      this.pages.set(search, new Map(this.#incoming.map((name) => [nameKey(name), name])));
      this.#incoming = [];
    } else if (type === 'presence') {
      const page = this.pages.get(search);
      for (const name of message.offline as string[]) page?.delete(nameKey(name));
      for (const name of message.online as string[]) page?.set(nameKey(name), name);
    } else return;
    if (total !== undefined) this.totals.set(search, total);
  }

  /** The names of a search, in the order of their keys. */
  names(search = ''): string[] | undefined {
    const page = this.pages.get(search);
    return page && [...page.keys()].sort().map((key) => page.get(key)!);
  }
}
