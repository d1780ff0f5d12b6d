import type { CallInit } from './call/call.js';

/** What the next page in this tab needs to go on where this page stopped. Holds a secret. */
export interface KeptSession {
  name: string;
  /** Resumes the session, once. */
  resume: string;
  /** The calls that are on, or ring. */
  calls: CallInit[];
}
