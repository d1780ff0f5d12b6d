import type { CallInit } from './call/call.js';

/** The data from which the next page in this tab resumes the session. Holds a secret. */
export interface KeptSession {
  name: string;
  /** Resumes the session, once. */
  resume: string;
  /** The calls that are on, or ring. */
  calls: CallInit[];
}
