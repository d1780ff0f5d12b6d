import type { ClientMessage } from '../../protocol/messages.js';
import type { RtcError } from '../errors.js';
import type { SessionSettings } from '../settings.js';
import type { TransportPool } from '../transport/transport-pool.js';

/** What a call needs of signaling. */
export interface CallSignaling {
  /** Sends a message. @returns false when nobody is signed in */
  send(message: ClientMessage): boolean;
  /** A call is over: what has not arrived of it need not. */
  forget(call: string): void;
}

/** What a call needs of the pool of transports. */
export type CallTransports = Pick<TransportPool, 'find' | 'open' | 'lease' | 'release'>;

/** What a call needs of the session that owns it. */
export interface CallHost {
  readonly settings: SessionSettings;
  readonly signaling: CallSignaling;
  readonly transports: CallTransports;
  error(error: RtcError): void;
}
