import type { ClientMessage } from '../../protocol/messages.js';
import { nameKey } from '../../protocol/name-key.js';
import type { Call } from '../call/call.js';
import type { Chat, Receipts } from '../chat/chat.js';
import type { ControlMessage } from './control-message.js';
import { Peer } from './peer.js';

/** What the connections need of the session that owns them. */
export interface PeersHost {
  iceServers(): RTCIceServer[];
  signal(message: ClientMessage): void;
  /** The calls that use a connection. */
  calls(peer: Peer): Call[];
  chat(name: string): Chat;
  fault(error: unknown): void;
}

/** The connections of one session, one a partner, each for as long as a call leases it. */
export class Peers {
  readonly #host: PeersHost;
  readonly #all = new Map<Peer, { name: string; hangUpChat?: () => void }>();

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
      { iceServers: host.iceServers(), initiator, plain },
      {
        signal: (message) => {
          const [call] = peer.leases;
          if (call) host.signal({ ...message, name, call });
        },
        control: (message) => this.#control(peer, name, message),
        changed: () => host.calls(peer).forEach((call) => call.peerChanged()),
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
    peer.close();
    // A channel of a connection that is closed on this side does not say so itself.
    entry?.hangUpChat?.();
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
