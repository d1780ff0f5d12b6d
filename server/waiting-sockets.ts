import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { countedAs } from './client-address.js';
import type { Limits } from './limits.js';

interface Waiting {
  key: string;
  socket: Socket;
  /** Where it comes from, as it is counted. */
  from: string;
  /** Responses under way. */
  responses: number;
}

/**
 * Connections that are no WebSocket, or not yet. Each costs memory before it has said anything, so
 * there is a bound for each address, and one in all. One more, and a connection of the same address
 * is cut, or of the address with most: its oldest one, of those without a response under way.
 */
export class WaitingSockets {
  readonly #limits: Pick<Limits, 'requestsAtOnce' | 'requestsPerAddress'>;
  readonly #isProxy: (address: string) => boolean;
  /** By address and port of the far end: over TLS, a request has another socket than came in. */
  readonly #all = new Map<string, Waiting>();
  /** By address; of each the oldest first. */
  readonly #of = new Map<string, Set<Waiting>>();

  /** @param isProxy whether an address is a trusted proxy's, which many people come from */
  constructor(
    limits: Pick<Limits, 'requestsAtOnce' | 'requestsPerAddress'>,
    isProxy: (address: string) => boolean,
  ) {
    this.#limits = limits;
    this.#isProxy = isProxy;
  }

  watch(server: Server): void {
    server.on('connection', (socket: Socket) => {
      const { remoteAddress = '' } = socket;
      const from = countedAs(remoteAddress);
      const waiting = { key: keyOf(socket), socket, from, responses: 0 };
      this.#add(waiting);
      socket.on('close', () => this.#remove(waiting));
      const { requestsAtOnce, requestsPerAddress } = this.#limits;
      if (this.#of.get(from)!.size > requestsPerAddress && !this.#isProxy(remoteAddress)) {
        this.#cutOneOf(from);
      } else if (this.#all.size > requestsAtOnce) this.#cutOneOf(this.#busiest());
    });
    server.on('request', ({ socket }: IncomingMessage, response: ServerResponse) => {
      const waiting = this.#all.get(keyOf(socket));
      if (!waiting) return;
      waiting.responses++;
      response.once('close', () => waiting.responses--);
    });
  }

  /** It has become a WebSocket. */
  upgraded(socket: Duplex): void {
    const waiting = this.#all.get(keyOf(socket as Socket));
    if (waiting) this.#remove(waiting);
  }

  #add(waiting: Waiting): void {
    this.#all.set(waiting.key, waiting);
    const others = this.#of.get(waiting.from);
    if (others) others.add(waiting);
    else this.#of.set(waiting.from, new Set([waiting]));
  }

  #remove(waiting: Waiting): void {
    if (this.#all.get(waiting.key) !== waiting) return;
    this.#all.delete(waiting.key);
    const others = this.#of.get(waiting.from)!;
    others.delete(waiting);
    if (!others.size) this.#of.delete(waiting.from);
  }

  #busiest(): string {
    let found = '';
    let most = 0;
    for (const [from, { size }] of this.#of) {
      if (size <= most) continue;
      found = from;
      most = size;
    }
    return found;
  }

  #cutOneOf(from: string): void {
    const all = [...this.#of.get(from)!];
    const waiting = all.find(({ responses }) => !responses) ?? all[0]!;
    this.#remove(waiting);
    waiting.socket.destroy();
  }
}

const keyOf = ({ remoteAddress, remotePort }: Socket) => `${remoteAddress} ${remotePort}`;
