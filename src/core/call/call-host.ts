import type { RtcError } from '../errors.js';
import type { SessionSettings } from '../settings.js';
import type { Signaling } from '../signaling/signaling.js';
import type { TransportPool } from '../transport/transport-pool.js';

/** The part of signaling that a call uses. */
export type CallSignaling = Pick<Signaling, 'send' | 'forget'>;

/** The part of the transport pool that a call uses. */
export type CallTransports = Pick<TransportPool, 'find' | 'open' | 'lease' | 'release'>;

/** The interface through which a call uses the session that owns it. */
export interface CallHost {
  readonly settings: SessionSettings;
  readonly signaling: CallSignaling;
  readonly transports: CallTransports;
  error(error: RtcError): void;
}
