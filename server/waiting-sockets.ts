import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';

/**
 * Connections that are no WebSocket, or not yet. There is a bound, as each of them costs memory
 * before it has said anything: one more, and the one that has been there longest is cut, which
 * hardly ever is one that is in earnest.
 */
export class WaitingSockets {
  readonly #most: number;
  /** By address and port of the far end: over TLS, a request has another socket than came in. */
  readonly #all = new Map<string, Socket>();

  constructor(most: number) {
    this.#most = most;
  }

  watch(server: Server): void {
    server.on('connection', (socket: Socket) => {
      const key = keyOf(socket);
      this.#all.set(key, socket);
      socket.on('close', () => {
        if (this.#all.get(key) === socket) this.#all.delete(key);
      });
      if (this.#all.size <= this.#most) return;
      const [[oldest, its]] = this.#all as unknown as [[string, Socket]];
      this.#all.delete(oldest);
      its.destroy();
    });
  }

  /** It has become a WebSocket. */
  upgraded(socket: Duplex): void {
    this.#all.delete(keyOf(socket as Socket));
  }
}

const keyOf = ({ remoteAddress, remotePort }: Socket) => `${remoteAddress} ${remotePort}`;
