import { costOf } from '../budget.js';
import type { PeerTransport } from '../transport/peer-transport.js';
import type { Chat } from './chat.js';

/** Most that may come over a channel before the chat is there, by {@link costOf}. */
const MAX_EARLY = 1000;

/** What brings a transport and a chat together. */
export interface ChatSource {
  /** The chat with a person. Rejects when what it takes cannot be loaded now. */
  chat(name: string): Chat | Promise<Chat>;
}

/**
 * Attaches the channels for text of a transport to the chat with its partner, as they open. A basic
 * client calls its channel as it likes, and may bring a second one.
 */
export function attachChat(transport: PeerTransport, source: ChatSource): void {
  transport.addEventListener('channel', ({ channel }) => {
    if (!transport.state.basic && channel.label !== 'chat') return;
    const early = keepEarly(channel, transport);
    let waiting = true;
    const attach = async () => {
      if (!waiting) return;
      waiting = false;
      try {
        const chat = await source.chat(transport.name);
        if (transport.state.connection !== 'closed') chat.attach(channel, transport, early);
      } catch {
        // The next time that the transport is connected it is tried again.
        waiting = true;
      }
    };
    transport.addEventListener('change', () => {
      if (transport.state.connection === 'connected') void attach();
    });
    void attach();
  });
}

/** Keeps what comes before the chat is there to hear it. */
function keepEarly(channel: RTCDataChannel, transport: PeerTransport): readonly MessageEvent[] {
  const early: MessageEvent[] = [];
  let cost = 0;
  channel.onmessage = (event) => {
    cost += costOf(event.data);
    if (cost <= MAX_EARLY) early.push(event);
    else transport.flood();
  };
  return early;
}
