import type { RtcError } from '../errors.js';
import type { SessionSettings } from '../settings.js';
import type { Signaling } from '../signaling/signaling.js';
import type { TransportPool } from '../transport/transport-pool.js';

/** What a call needs of signaling. */
export type CallSignaling = Pick<Signaling, 'send' | 'forget'>;

/** What a call needs of the pool of transports. */
export type CallTransports = Pick<TransportPool, 'find' | 'open' | 'lease' | 'release'>;

/** What a call needs of the session that owns it. */
export interface CallHost {
  readonly settings: SessionSettings;
  readonly signaling: CallSignaling;
  readonly transports: CallTransports;
  error(error: RtcError): void;
}
