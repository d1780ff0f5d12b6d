import type { IncomingMessage } from 'node:http';
import { countedAs, type Origination } from './client-address.js';
import type { TurnedAway } from './events.js';
import type { Limits } from './limits.js';
import { originPolicy } from './origins.js';

/** Which connections are let in. */
export interface GateOptions {
  origins: readonly string[] | undefined;
  originationOf: (request: IncomingMessage) => Origination;
  /** Whether a request is for this server, see {@link hostCheck}. */
  isOwnHost: (request: IncomingMessage) => boolean;
  /** Whether the server listens on this machine's own addresses only. */
  local: boolean;
  limits: Pick<Limits, 'connections' | 'connectionsPerAddress'>;
}

/** A connection that is counted in. */
export interface Entered {
  /** Where it comes from, as it counts for limits. */
  address: string;
  /** Counts it out again. */
  leave: () => void;
}

/** Decides which requests for a WebSocket are granted, and counts those that are. */
export class ConnectionGate {
  /** True once the server is about to end: no more are granted. */
  draining = false;
  readonly #limits: GateOptions['limits'];
  readonly #mayConnect: ReturnType<typeof originPolicy>;
  readonly #originationOf: GateOptions['originationOf'];
  readonly #isOwnHost: GateOptions['isOwnHost'];
  /** Connections of each address. */
  readonly #of = new Map<string, number>();
  #all = 0;

  constructor({ origins, originationOf, isOwnHost, local, limits }: GateOptions) {
    this.#limits = limits;
    this.#mayConnect = originPolicy(origins, local);
    this.#originationOf = originationOf;
    this.#isOwnHost = isOwnHost;
  }

  /**
   * Counts a connection in.
   * @returns the reason when it is refused; otherwise where it comes from, and how to count it out
   */
  enter(request: IncomingMessage): TurnedAway | Entered {
    if (this.draining) return 'draining';
    if (!this.#isOwnHost(request)) return 'host-not-allowed';
    const { address, encrypted } = this.#originationOf(request);
    const { origin, host } = request.headers;
    if (!this.#mayConnect({ origin, host, encrypted })) return 'origin-not-allowed';
    const { connections, connectionsPerAddress } = this.#limits;
    const key = countedAs(address);
    const present = this.#of.get(key) ?? 0;
    if (this.#all >= connections) return 'too-many-connections';
    if (present >= connectionsPerAddress) return 'too-many-connections-of-address';
    this.#all++;
    this.#of.set(key, present + 1);
    return { address: key, leave: () => this.#leave(key) };
  }

  #leave(key: string): void {
    this.#all--;
    const left = this.#of.get(key)! - 1;
    if (left) this.#of.set(key, left);
    else this.#of.delete(key);
  }
}
