import type { ClientMessage } from '../../protocol/messages.js';

/** The client message of one type. */
export type Message<T extends ClientMessage['type']> = Extract<ClientMessage, { type: T }>;
