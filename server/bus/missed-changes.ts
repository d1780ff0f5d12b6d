import type { CallRecord, SessionRef } from 'rtc-widgets/hub';

/** Changes made while Redis is away, for it to hear of. */
export class MissedChanges {
  readonly endedSessions = new Map<string, SessionRef>();
  /** Ids of calls that have ended, each with whether its ends remember it. */
  readonly endedCalls = new Map<string, boolean>();
  /** Calls that were made or changed, by their ids. */
  readonly changedCalls = new Map<string, CallRecord>();
}
