import { nameKey } from '../../protocol/name-key.js';
import type { Call } from '../call/call.js';
import type { Chat, Receipts } from '../chat/chat.js';
import type { SessionSettings } from '../settings.js';
import type { Signaling } from '../signaling/signaling.js';
import type { ControlMessage } from './control-message.js';
import { Peer } from './peer.js';

/** What the connections need of the session that owns them. */
export interface PeersHost {
  readonly settings: SessionSettings;
  readonly signaling: Signaling;
  iceServers(): RTCIceServer[];
  /** The calls that use a connection. */
  calls(peer: Peer): Call[];
  chat(name: string): Chat;
  fault(error: unknown): void;
}

interface Entry {
  readonly name: string;
  /** Says that the channel for text is closed. */
  hangUpChat?: () => void;
  /** Ends the search for other paths; there once that has been loaded. */
  stopRecovery?: () => void;
  recovering?: Promise<void>;
}

/** The connections of one session, one a partner, each for as long as a call leases it. */
export class Peers {
  readonly #host: PeersHost;
  readonly #all = new Map<Peer, Entry>();

  constructor(host: PeersHost) {
    this.#host = host;
  }

  /** The connection that is up with a person, if its far end is a client of the kit. */
  find(name: string): Peer | undefined {
    const key = nameKey(name);
    for (const [peer, at] of this.#all) {
      if (nameKey(at.name) === key && peer.leases.size && !peer.plain) return peer;
    }
    return undefined;
  }

  open({ name }: Call, initiator: boolean, plain = false): Peer {
    const host = this.#host;
    const receipts: Receipts = {
      expected: () => !peer.plain,
      give: (count) => peer.say({ type: 'received', count }),
    };
    const peer: Peer = new Peer(
      {
        iceServers: host.iceServers(),
        iceTransportPolicy: host.settings.relayOnly ? 'relay' : 'all',
        initiator,
        plain,
      },
      {
        serverThere: () => host.signaling.state.status === 'signed-in',
        signal: (message) => {
          const [call] = peer.leases;
          if (call) host.signaling.send({ ...message, name, call });
        },
        control: (message) => this.#control(peer, name, message),
        changed: () => {
          host.calls(peer).forEach((call) => call.peerChanged());
          if (peer.state === 'connected') this.#recover(peer);
        },
        chat: (channel) => {
          channel.onopen = () => {
            const entry = this.#all.get(peer);
            // Opened as the connection was closed.
            if (!entry) return;
            const chat = host.chat(name);
            chat.attach(channel, receipts);
            entry.hangUpChat = () => chat.detach(receipts);
          };
        },
        fault: (error) => host.fault(error),
      },
    );
    this.#all.set(peer, { name });
    return peer;
  }

  /** Gives a lease back; the last one closes the connection. */
  release({ id, kind }: Call, peer: Peer): void {
    peer.leases.delete(id);
    if (peer.leases.size) {
      if (kind !== 'chat') peer.carry([], false);
      return;
    }
    const entry = this.#all.get(peer);
    this.#all.delete(peer);
    entry?.stopRecovery?.();
    peer.close();
    // A channel of a connection that is closed on this side does not say so itself.
    entry?.hangUpChat?.();
  }

  /** From its first connection on, a peer looks for another path when it loses the one it has. */
  #recover(peer: Peer): void {
    const entry = this.#all.get(peer);
    if (!entry || entry.stopRecovery || entry.recovering) return;
    entry.recovering = import('./recovery.js').then(
      ({ recover }) => {
        if (this.#all.has(peer)) entry.stopRecovery = recover(peer, this.#host);
      },
      () => {
        // Not to be had right now: the next connection of this peer tries again.
        entry.recovering = undefined;
      },
    );
  }

  #control(peer: Peer, name: string, message: ControlMessage): void {
    switch (message.type) {
      case 'media':
        return this.#host.calls(peer).forEach((call) => call.control(message));
      case 'leave':
        return this.#host
          .calls(peer)
          .filter((call) => call.id === message.call)
          .forEach((call) => call.control(message));
      case 'received':
        return this.#host.chat(name).confirm(message.count);
      default:
        void peer.negotiation.receive(message);
    }
  }
}
