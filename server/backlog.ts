import type { WebSocket } from 'ws';

/** Less than this waits for every client now and then; bytes. */
const NOTEWORTHY = 16 * 1024;

/** Bytes that wait for clients that read slowly, of each and of all: no reader may fill the memory. */
export class Backlog {
  readonly #each: number;
  readonly #all: number;
  /** Bytes that waited for each client when it was last looked at. */
  readonly #waiting = new Map<WebSocket, number>();
  #sum = 0;

  /** @param each most bytes for one client. @param all and for all of them */
  constructor(each: number, all: number) {
    this.#each = each;
    this.#all = all;
  }

  /** Something was sent. @returns the clients to cut, as too much waits for them */
  note(socket: WebSocket): WebSocket[] {
    const bytes = socket.bufferedAmount;
    if (bytes < NOTEWORTHY && !this.#waiting.has(socket)) return [];
    this.#set(socket, bytes);
    if (bytes > this.#each) return [socket];
    return this.#sum > this.#all ? this.#excess() : [];
  }

  /** A connection is closed. */
  forget(socket: WebSocket): void {
    this.#set(socket, 0);
  }

  /** Looks at all anew: the slowest go until the rest is within the bound. */
  #excess(): WebSocket[] {
    for (const socket of this.#waiting.keys()) this.#set(socket, socket.bufferedAmount);
    const slowest = [...this.#waiting].sort(([, one], [, other]) => one - other);
    const cut: WebSocket[] = [];
    while (this.#sum > this.#all) {
      const [socket] = slowest.pop()!;
      this.#set(socket, 0);
      cut.push(socket);
    }
    return cut;
  }

  #set(socket: WebSocket, bytes: number): void {
    this.#sum += bytes - (this.#waiting.get(socket) ?? 0);
    if (bytes < NOTEWORTHY) {
      this.#sum -= bytes;
      this.#waiting.delete(socket);
    } else this.#waiting.set(socket, bytes);
  }
}
