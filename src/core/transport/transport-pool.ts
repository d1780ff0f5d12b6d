import { nameKey } from '../../protocol/name-key.js';
import type { Call } from '../call/call.js';
import type { Chat, Receipts } from '../chat/chat.js';
import { costOf } from '../budget.js';
import { RtcError } from '../errors.js';
import type { SessionSettings } from '../settings.js';
import type { Signaling } from '../signaling/signaling.js';
import type { ControlMessage } from './control-message.js';
import { PeerTransport } from './peer-transport.js';
import type { Recovery } from './recovery.js';

/** What the connections need of the session that owns them. */
export interface TransportPoolHost {
  readonly settings: SessionSettings;
  readonly signaling: Signaling;
  /** Of the next RTCPeerConnection. */
  configuration(this: void): RTCConfiguration;
  /** The calls that use a connection. */
  calls(this: void, transport: PeerTransport): Call[];
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
  /** Looks for other paths; there once that has been loaded. */
  recovery?: Recovery;
  loading?: Promise<void>;
}

/** The connections of one session, one a partner, each for as long as a call leases it. */
export class TransportPool {
  readonly #host: TransportPoolHost;
  readonly #all = new Map<PeerTransport, Entry>();

  constructor(host: TransportPoolHost) {
    this.#host = host;
  }

  /** The connection that is up with a person, if its far end is a client of the kit. */
  find(name: string, besides?: PeerTransport): PeerTransport | undefined {
    const key = nameKey(name);
    for (const [transport, at] of this.#all) {
      const up = transport.leases.size && !transport.plain && transport !== besides;
      if (up && nameKey(at.name) === key) return transport;
    }
    return undefined;
  }

  open({ name }: Call, initiator: boolean, plain = false): PeerTransport {
    const host = this.#host;
    const receipts: Receipts = {
      expected: () => !transport.plain,
      give: (count) => transport.say({ type: 'received', count }),
      flooded: () => this.#flooded(transport, name),
    };
    const transport: PeerTransport = new PeerTransport(initiator, plain, {
      clock: host.settings.clock,
      configuration: host.configuration,
      serverThere: () => host.signaling.state.status === 'signed-in',
      signal: (message) => {
        const [call] = transport.leases;
        if (call) host.signaling.send({ ...message, name, call });
      },
      control: (message) => this.#control(transport, name, message),
      changed: () => {
        host.calls(transport).forEach((call) => call.transportChanged());
        if (transport.state === 'connected') {
          this.#recover(transport);
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
          else this.#flooded(transport, name);
        };
        const attach = async () => {
          entry.attach = undefined;
          try {
            const chat = await host.chat(name);
            if (!this.#all.has(transport)) return;
            chat.attach(channel, receipts, early);
            entry.hangUpChat = () => chat.detach(receipts);
          } catch {
            // Not to be had right now: the next change of this connection tries again.
            entry.attach = attach;
          }
        };
        channel.onopen = () => {
          entry.attach = attach;
          transport.changed();
        };
      },
      flooded: () => this.#flooded(transport, name),
      fault: host.fault,
    });
    const entry: Entry = { name };
    this.#all.set(transport, entry);
    return transport;
  }

  /** Gives a lease back; the last one closes the connection. */
  release({ id, kind }: Call, transport: PeerTransport): void {
    transport.leases.delete(id);
    if (transport.leases.size) {
      if (kind !== 'chat') transport.carry([], false);
      return;
    }
    const entry = this.#all.get(transport);
    this.#all.delete(transport);
    entry?.recovery?.stop();
    transport.close();
    // A channel of a connection that is closed on this side does not say so itself.
    entry?.hangUpChat?.();
  }

  /** From its first connection on, a transport looks for another path when it loses the one it has. */
  #recover(transport: PeerTransport): void {
    const entry = this.#all.get(transport);
    if (!entry || entry.loading) return;
    entry.loading = import('./recovery.js').then(
      ({ recover }) => {
        if (!this.#all.has(transport)) return;
        entry.recovery = recover(transport, this.#host);
        entry.recovery.changed();
      },
      () => {
        // Not to be had right now: the next connection of this transport tries again.
        entry.loading = undefined;
      },
    );
  }

  /** Ends everything on a connection whose other side sends more than it may. */
  #flooded(transport: PeerTransport, name: string): void {
    const calls = this.#host.calls(transport);
    if (!calls.length) return;
    this.#host.error(new RtcError('partner-floods', `${name} sends more than this page can take`));
    for (const call of calls) call.abort('partner-floods');
  }

  #control(transport: PeerTransport, name: string, message: ControlMessage): void {
    switch (message.type) {
      case 'media':
        if (!transport.allows('media')) return;
        return this.#host.calls(transport).forEach((call) => call.control(message));
      case 'leave':
        return this.#host.calls(transport).forEach((call) => call.control(message));
      case 'received':
        return void this.#host.chat(name).then((chat) => chat.confirm(message.count));
      default:
        transport.receive(message);
    }
  }
}
