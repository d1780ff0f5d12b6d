import type { CallKind, ServerMessage } from '../protocol/messages.js';
import type { Maybe } from './maybe.js';

/** A signed-in person's session, as every part of the hub may know it. */
export interface SessionRef {
  readonly id: string;
  /** The name as shown; compared only through `nameKey()`. */
  readonly name: string;
  readonly key: string;
  /** True for a client that said hello (a kit client), false for a basic client. */
  readonly kit: boolean;
}

/** A call between two sessions. */
export interface CallRecord {
  readonly id: string;
  readonly kind: CallKind;
  readonly caller: SessionRef;
  /** Where it rings: every session of the callee; once accepted, the session that accepted. */
  readonly callees: SessionRef[];
  /** Until the callee accepts, no candidate of either side is passed on. */
  readonly accepted: boolean;
}

/** The announcement of one end of a call that this directory does not know. */
export interface HalfCall {
  readonly id: string;
  readonly kind: CallKind;
  readonly session: SessionRef;
  /** The person at the other end: the name as said, and below by `nameKey()`. */
  readonly name: string;
  readonly other: string;
  readonly caller: boolean;
  readonly accepted: boolean;
}

/** A name claimed: the session, whether it was resumed, and its next resume token. */
export type Claim = { session: SessionRef; resumed: boolean; resume: string };

/** Why a connection has its session no more: another has it, or somebody else has the name. */
export type Loss = 'taken-over' | 'name-taken';

/** The other sessions that an accepted call rang in, and the candidates kept for the callee. */
export type Taken = { others: SessionRef[]; held: ServerMessage[] };

/** A session as its resume token finds it. */
export interface Held {
  session: SessionRef;
  /** When the token that it was let in with ends, in milliseconds since 1970. */
  until: number | undefined;
}

/** Takes a message for a session's connection; false where it can take no more now. */
export type Receive = (message: ServerMessage) => boolean;

/** Hears that a name has come or gone. */
export type PresenceListener = (key: string, name: string, online: boolean) => void;

/**
 * Where names, sessions and calls are kept: in this process's memory or far away. Each command
 * is atomic; any may answer later.
 */
export interface Directory {
  /** Changes when the state below has been lost. */
  readonly epoch: string;
  /** True while only what this process knows itself can be answered. */
  readonly degraded?: boolean;
  /** True while others may still be on their way back to a directory that has lost its state. */
  readonly recovering?: boolean;

  /**
   * Takes a name. With the resume token of a present session of that name, takes that over; the
   * token before counts until `confirm`, as the answer with the new one may have been lost.
   * @param at when the login was made: a login overtaken by a later login takes nothing over.
   * @param receive is called with every frame delivered to the session; `lost` when the
   * connection has the session no more.
   * @returns undefined when as many sessions as are allowed hold the name, and `unavailable` when
   * that cannot be known now.
   */
  claim(
    name: string,
    kit: boolean,
    resume: string | undefined,
    at: number | undefined,
    receive: Receive,
    lost: (why: Loss) => void,
  ): Maybe<Claim | undefined | 'unavailable'>;

  /** The session of a name that a resume token takes over. */
  holds(key: string, resume: string): Maybe<Held | undefined>;

  /** Notes when the token that a session was let in with ends, in milliseconds since 1970. */
  limit(session: SessionRef, until: number): Maybe<void>;

  /** The client has its new token: the previous token counts no more. */
  confirm(session: SessionRef): Maybe<void>;

  /**
   * The session's connection is gone; frames wait, up to a bound, for it to be resumed.
   * @param keep after how many milliseconds it may be {@link expire}d
   */
  detach(session: SessionRef, keep: number): Maybe<void>;

  /**
   * Ends the session and its calls and frees its name.
   * @returns the calls that ended, for their other ends to be told.
   */
  release(session: SessionRef): Maybe<CallRecord[]>;

  /**
   * As {@link release}, for a session that is detached and not to be kept any longer.
   * @returns undefined when a connection has taken the session over meanwhile.
   */
  expire(session: SessionRef): Maybe<CallRecord[] | undefined>;

  /** The sessions of a name, the first signed in first. */
  locate(key: string): Maybe<SessionRef[]>;

  /**
   * Hands a message to a session. An acknowledgement does not wait for a session that is away: its
   * message is sent again.
   * @returns false when there is no such session any more, and `full` when no more can wait for it
   */
  deliver(session: SessionRef, message: ServerMessage): Maybe<boolean | 'full'>;

  /** Empties the mailbox of a session. @returns its messages, in order */
  collect(session: SessionRef): Maybe<ServerMessage[]>;

  /** Adds a call. @returns false when its id is in use. */
  addCall(call: CallRecord): Maybe<boolean>;
  findCall(id: string): Maybe<CallRecord | undefined>;
  /**
   * Keeps a candidate of the caller from the callee until the call is accepted.
   * @returns false when the call was accepted meanwhile, and `full` when no more is kept
   */
  holdCandidate(id: string, candidate: ServerMessage): Maybe<boolean | 'full'>;
  /** Lets one session accept the call. @returns undefined when another has, or it is over */
  takeCall(id: string, by: SessionRef): Maybe<Taken | undefined>;
  /** A call rings in this session no longer. @returns whether it does in another */
  quitCall(id: string, session: SessionRef): Maybe<boolean>;
  /**
   * Keeps one end's word for a call until the other end has spoken.
   * @returns the word of the other end, where each has named the other; it is forgotten then
   */
  announceCall(half: HalfCall): Maybe<HalfCall | undefined>;
  /** Forgets what one end has said. @returns whether it was still waiting for the other */
  retractCall(half: HalfCall): Maybe<boolean>;
  /** The calls a session takes part in. */
  callsOf(session: SessionRef): Maybe<CallRecord[]>;
  /** Forgets a call. @param heard false where it has reached nobody, and may be tried again */
  removeCall(id: string, heard?: boolean): Maybe<void>;
  /** Whether there was a call with this id between two people, which has ended. */
  wasCall(id: string, one: string, other: string): Maybe<boolean>;

  /** Everyone online, shown names, a page at a time. */
  online(): Maybe<Iterable<string>>;
  /** Tells of every name that comes or goes, until the returned function is called. */
  watch(listener: PresenceListener): () => void;

  /** Ends detached sessions when they are due, if the process that detached them is gone. */
  onDue?(end: (session: SessionRef) => Promise<void>): void;
}
