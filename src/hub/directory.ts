import type { CallKind, ServerMessage } from '../protocol/messages.js';

/** A signed-in person's session, as every part of the hub may know it. */
export interface SessionRef {
  readonly id: string;
  /** The name as shown; compared only through `nameKey()`. */
  readonly name: string;
  readonly key: string;
  /** True for a client of the kit (it said hello), false for one of the course. */
  readonly kit: boolean;
}

/** A call between two sessions. */
export interface CallRecord {
  readonly id: string;
  readonly kind: CallKind;
  readonly caller: SessionRef;
  readonly callee: SessionRef;
  /** Until the callee accepts, no candidate of either side is passed on. */
  accepted: boolean;
  /** Candidates of the caller, kept from the callee until the call is accepted. */
  held: ServerMessage[];
}

/** A name taken: the session, whether it is the one of before, and its next resume token. */
export type Claim = { session: SessionRef; resumed: boolean; resume: string } | undefined;

/** What changes of one name, told to those who watch. */
export type PresenceListener = (key: string, name: string, online: boolean) => void;

type Maybe<T> = T | Promise<T>;

/**
 * Where names, sessions and calls are kept: in this process's memory or far away. Each command
 * is atomic; any may answer later.
 */
export interface Directory {
  /** Changes when the state below has been lost. */
  readonly epoch: string;

  /**
   * Takes a name. With the resume token of its present session, takes that session over.
   * @param receive is called with every frame delivered to the session; `lost` when another
   * connection takes the session over.
   * @returns undefined when the name is held by somebody else.
   */
  claim(
    name: string,
    kit: boolean,
    resume: string | undefined,
    receive: (message: ServerMessage) => void,
    lost: () => void,
  ): Maybe<Claim>;

  /** The session's connection is gone; frames wait, up to a bound, for it to be resumed. */
  detach(session: SessionRef): Maybe<void>;

  /**
   * Ends the session and its calls and frees its name.
   * @returns the calls that ended, for their other ends to be told.
   */
  release(session: SessionRef): Maybe<CallRecord[]>;

  /**
   * As {@link release}, for a session that is still detached.
   * @returns undefined when a connection has taken the session over meanwhile.
   */
  expire(session: SessionRef): Maybe<CallRecord[] | undefined>;

  /** Who holds a name. */
  locate(key: string): Maybe<SessionRef | undefined>;

  /** Hands a message to a session. @returns false when there is no such session any more. */
  deliver(session: SessionRef, message: ServerMessage): Maybe<boolean>;

  /** What waited for a session while it was detached, in order; nothing waits afterwards. */
  collect(session: SessionRef): Maybe<ServerMessage[]>;

  /** Adds a call. @returns false when its id is in use. */
  addCall(call: CallRecord): Maybe<boolean>;
  findCall(id: string): Maybe<CallRecord | undefined>;
  /** The calls a session takes part in. */
  callsOf(session: SessionRef): Maybe<CallRecord[]>;
  removeCall(id: string): Maybe<void>;

  /** Everyone online, shown names, a page at a time. */
  online(): Maybe<Iterable<string>>;
  /** Tells of every name that comes or goes, until the returned function is called. */
  watch(listener: PresenceListener): () => void;
}
