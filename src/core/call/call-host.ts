import type { ClientMessage } from '../../protocol/messages.js';
import type { RtcError } from '../errors.js';
import type { SessionSettings } from '../settings.js';
import type { TransportPool } from '../transport/transport-pool.js';

/** The part of signaling that a call uses. */
export interface CallSignaling {
  /** Sends a message. @returns false when nobody is signed in */
  send(message: ClientMessage): boolean;
  /** A call is over: what has not arrived of it need not. */
  forget(call: string): void;
}

/** The part of the pool of transports that a call uses. */
export type CallTransports = Pick<TransportPool, 'find' | 'open' | 'lease' | 'release'>;

/** The part of its session that a call uses. */
export interface CallHost {
  readonly settings: SessionSettings;
  readonly signaling: CallSignaling;
  readonly transports: CallTransports;
  error(error: RtcError): void;
}
