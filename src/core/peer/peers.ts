import { nameKey } from '../../protocol/name-key.js';
import type { Call } from '../call/call.js';
import type { Chat, Receipts } from '../chat/chat.js';
import { costOf } from '../budget.js';
import { RtcError } from '../errors.js';
import type { SessionSettings } from '../settings.js';
import type { Signaling } from '../signaling/signaling.js';
import type { ControlMessage } from './control-message.js';
import { Peer } from './peer.js';
import { recover, type Recovery } from './recovery.js';

/** What the connections need of the session that owns them. */
export interface PeersHost {
  readonly settings: SessionSettings;
  readonly signaling: Signaling;
  /** Of the next RTCPeerConnection. */
  configuration(this: void): RTCConfiguration;
  /** The calls that use a connection. */
  calls(this: void, peer: Peer): Call[];
  chat(name: string): Promise<Chat>;
  error(this: void, error: RtcError): void;
  fault(this: void, error: unknown): void;
}

/** Most that may come over a channel for text before the chat is there, by {@link costOf}. */
const MAX_EARLY = 1000;

interface Entry {
  readonly name: string;
  /** What attaches a channel for text that is open: when the connection is up, no earlier. */
  attach?: (() => Promise<void>) | undefined;
  /** Says that the channel for text is closed. */
  hangUpChat?: () => void;
  /** Looks for other paths, from the first connection on. */
  recovery?: Recovery;
}

/** The connections of one session, one a partner, each for as long as a call leases it. */
export class Peers {
  readonly #host: PeersHost;
  readonly #all = new Map<Peer, Entry>();

  constructor(host: PeersHost) {
    this.#host = host;
  }

  /** The connection that is up with a person, if its far end is a client of the kit. */
  find(name: string, besides?: Peer): Peer | undefined {
    const key = nameKey(name);
    for (const [peer, at] of this.#all) {
      const up = peer.leases.size && !peer.plain && peer !== besides;
      if (up && nameKey(at.name) === key) return peer;
    }
    return undefined;
  }

  open({ name }: Call, initiator: boolean, plain = false): Peer {
    const host = this.#host;
    const receipts: Receipts = {
      expected: () => !peer.plain,
      give: (count) => peer.say({ type: 'received', count }),
      flooded: () => this.#flooded(peer, name),
    };
    const peer: Peer = new Peer(initiator, plain, {
      clock: host.settings.clock,
      configuration: host.configuration,
      serverThere: () => host.signaling.state.status === 'signed-in',
      signal: (message) => {
        const [call] = peer.leases;
        if (call) host.signaling.send({ ...message, name, call });
      },
      control: (message) => this.#control(peer, name, message),
      changed: () => {
        host.calls(peer).forEach((call) => call.peerChanged());
        if (peer.state === 'connected') {
          this.#recover(peer);
          void entry.attach?.();
        }
        entry.recovery?.changed();
      },
      chat: (channel) => {
        // What comes before the chat is there to hear it.
        const early: MessageEvent[] = [];
        let cost = 0;
        channel.onmessage = (event) => {
          cost += costOf(event.data);
          if (cost <= MAX_EARLY) early.push(event);
          else this.#flooded(peer, name);
        };
        const attach = async () => {
          entry.attach = undefined;
          try {
            const chat = await host.chat(name);
            if (!this.#all.has(peer)) return;
            chat.attach(channel, receipts, early);
            entry.hangUpChat = () => chat.detach(receipts);
          } catch {
            // Not to be had right now: the next change of this connection tries again.
            entry.attach = attach;
          }
        };
        channel.onopen = () => {
          entry.attach = attach;
          peer.changed();
        };
      },
      flooded: () => this.#flooded(peer, name),
      fault: host.fault,
    });
    const entry: Entry = { name };
    this.#all.set(peer, entry);
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
    entry?.recovery?.stop();
    peer.close();
    // A channel of a connection that is closed on this side does not say so itself.
    entry?.hangUpChat?.();
  }

  /** From its first connection on, a peer looks for another path when it loses the one it has. */
  #recover(peer: Peer): void {
    const entry = this.#all.get(peer);
    if (entry) entry.recovery ??= recover(peer, this.#host);
  }

  /** Ends everything on a connection whose other side sends more than it may. */
  #flooded(peer: Peer, name: string): void {
    const calls = this.#host.calls(peer);
    if (!calls.length) return;
    this.#host.error(new RtcError('partner-floods', `${name} sends more than this page can take`));
    for (const call of calls) call.abort('partner-floods');
  }

  #control(peer: Peer, name: string, message: ControlMessage): void {
    switch (message.type) {
      case 'media':
        if (!peer.allows('media')) return;
        return this.#host.calls(peer).forEach((call) => call.control(message));
      case 'leave':
        return this.#host.calls(peer).forEach((call) => call.control(message));
      case 'received':
        return void this.#host.chat(name).then((chat) => chat.confirm(message.count));
      default:
        peer.receive(message);
    }
  }
}
