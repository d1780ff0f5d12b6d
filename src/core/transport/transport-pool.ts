import { nameKey } from '../../protocol/name-key.js';
import type { SessionSettings } from '../settings.js';
import type { Signaling } from '../signaling/signaling.js';
import { TypedEventTarget } from '../typed-event-target.js';
import { PeerTransport, type TransportHost, type TransportInit } from './peer-transport.js';
import { recover } from './recovery.js';
import { TransportErrorEvent } from './transport-events.js';

/** The interface through which the pool uses the session that owns it. */
export interface TransportPoolHost {
  readonly settings: Readonly<SessionSettings>;
  readonly signaling: Signaling;
  /** STUN and TURN servers in use. */
  iceServers(): RTCIceServer[];
}

/** A transport has been made: what wants to hear of it from the beginning subscribes now. */
export class TransportOpenEvent extends Event {
  readonly transport: PeerTransport;

  constructor(transport: PeerTransport) {
    super('open');
    this.transport = transport;
  }
}

/** The events of a pool, by type. */
export interface TransportPoolEventMap {
  open: TransportOpenEvent;
  /** An error of any of its transports. */
  error: TransportErrorEvent;
}

interface Entry {
  /** Ids of what uses the transport. */
  readonly leases: Set<string>;
  stopRecovery?: () => void;
}

/** The transports of one session, each for as long as something leases it. */
export class TransportPool extends TypedEventTarget<TransportPoolEventMap> {
  readonly #host: TransportPoolHost;
  readonly #all = new Map<PeerTransport, Entry>();

  constructor(host: TransportPoolHost) {
    super();
    this.#host = host;
  }

  /** The leased transport with a kit client of this name. */
  find(name: string, besides?: PeerTransport): PeerTransport | undefined {
    const key = nameKey(name);
    for (const [transport, { leases }] of this.#all) {
      const shared = leases.size > 0 && !transport.state.basic && transport !== besides;
      if (shared && nameKey(transport.name) === key) return transport;
    }
    return undefined;
  }

  /** Makes a transport. The caller leases it once both sides have agreed, or releases it. */
  open(init: TransportInit): PeerTransport {
    const entry: Entry = { leases: new Set() };
    const transport = new PeerTransport(init, this.#hostFor(init.name, entry));
    this.#all.set(transport, entry);
    transport.addEventListener('error', ({ error }) => {
      this.dispatchEvent(new TransportErrorEvent(error));
    });
    transport.addEventListener('change', () => {
      // A first path that is never found is a call that fails, with nothing to recover.
      if (transport.state.connection === 'connected') {
        entry.stopRecovery ??= recover(transport, this.#host);
      }
    });
    this.dispatchEvent(new TransportOpenEvent(transport));
    return transport;
  }

  lease(transport: PeerTransport, id: string): void {
    this.#all.get(transport)?.leases.add(id);
  }

  /** Gives a lease back, if it has been taken. The last one closes the transport. */
  release(transport: PeerTransport, id: string): void {
    const entry = this.#all.get(transport);
    if (!entry) return;
    entry.leases.delete(id);
    if (entry.leases.size > 0) return transport.drop(id);
    this.#all.delete(transport);
    entry.stopRecovery?.();
    transport.close();
  }

  #hostFor(name: string, { leases }: Entry): TransportHost {
    const { settings, signaling } = this.#host;
    return {
      clock: settings.clock,
      configuration: () => this.#configuration(),
      signedIn: () => signaling.state.status === 'signed-in',
      signal: (message) => {
        // On behalf of one of its leases: the server routes by call.
        const [call] = leases;
        if (call) signaling.send({ ...message, name, call });
      },
    };
  }

  #configuration(): RTCConfiguration {
    return {
      iceServers: this.#host.iceServers(),
      iceTransportPolicy: this.#host.settings.relayOnly ? 'relay' : 'all',
      bundlePolicy: 'max-bundle',
    };
  }
}
