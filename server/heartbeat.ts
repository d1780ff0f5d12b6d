import type { WebSocket } from 'ws';
import type { Clock } from 'rtc-widgets/hub';

/** Pings connections, and cuts those that have not answered by the next ping. */
export class Heartbeat {
  readonly #sockets: Iterable<WebSocket>;
  readonly #interval: number;
  readonly #clock: Clock;
  readonly #atBeat = new WeakMap<WebSocket, () => void>();
  /** Connections that have answered the last ping, or were not there yet. */
  readonly #alive = new WeakSet<WebSocket>();
  /** Whose answer to the last ping is still to come. */
  readonly #asked = new WeakSet<WebSocket>();
  #cancel: (() => void) | undefined;

  constructor(sockets: Iterable<WebSocket>, interval: number, clock: Clock) {
    this.#sockets = sockets;
    this.#interval = interval;
    this.#clock = clock;
  }

  /** @param atBeat is called with every beat that the connection has lived through */
  add(socket: WebSocket, atBeat: () => void): void {
    this.#alive.add(socket);
    this.#atBeat.set(socket, atBeat);
  }

  /** Takes a pong into account. @returns whether it was asked for */
  pong(socket: WebSocket): boolean {
    this.#alive.add(socket);
    return this.#asked.delete(socket);
  }

  start(): void {
    this.#cancel = this.#clock.after(this.#interval, () => {
      this.start();
      this.#beat();
    });
  }

  stop(): void {
    this.#cancel?.();
  }

  #beat(): void {
    for (const socket of this.#sockets) {
      if (this.#alive.delete(socket)) {
        this.#asked.add(socket);
        socket.ping();
        this.#atBeat.get(socket)?.();
      } else socket.terminate();
    }
  }
}
