import type { PeerTransport } from '../transport/peer-transport.js';
import type { Chat } from './chat.js';

/** The owner of the chats, as a transport that brings a chat uses it. */
export interface ChatSource {
  /** The chat with a person. */
  chat(name: string): Chat;
}

/**
 * Attaches the channels for text of a transport to the chat with its partner, as they open. A basic
 * client calls its channel as it likes, and may bring a second one.
 */
export function attachChat(transport: PeerTransport, source: ChatSource): void {
  transport.addEventListener('channel', ({ channel }) => {
    if (!transport.state.basic && channel.label !== 'chat') return;
    source.chat(transport.name).attach(channel, transport);
  });
}
