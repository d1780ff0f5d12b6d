import type { CallInit } from './call/call.js';
import type { Resumption } from './signaling/signaling.js';

/** The data from which the next page in this tab resumes the session. Holds a secret. */
export interface KeptSession extends Resumption {
  /** The calls that are on, or ring. */
  calls: CallInit[];
}
