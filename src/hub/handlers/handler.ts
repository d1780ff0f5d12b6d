import type { ClientMessage } from '../../protocol/messages.js';
import type { Calls } from '../calls.js';
import type { ClientContext, HubContext } from '../context.js';
import type { SessionLifetimes } from '../session-lifetimes.js';

/** The parts of the hub that a handler works with. */
export interface HandlerContext {
  readonly hub: HubContext;
  readonly calls: Calls;
  readonly sessions: SessionLifetimes;
  readonly client: ClientContext;
}

/** The client message of one type. */
export type Message<T extends ClientMessage['type']> = Extract<ClientMessage, { type: T }>;
