import type { Order, ServerMessage } from '../protocol/messages.js';
import type { Clock } from '../time/clock.js';
import type { Admission } from './admission.js';
import type { Directory, SessionRef } from './directory.js';
import type { HubObserver } from './observer.js';
import type { Presence } from './presence/presence.js';
import type { Watches } from './presence/watches.js';
import type { Refusal } from './refusal.js';
import type { HubSettings } from './settings.js';

/** The hub, as its parts and handlers see it. */
export interface HubContext {
  readonly settings: HubSettings;
  readonly clock: Clock;
  /** Tells the time, in milliseconds since 1970. */
  readonly date: () => number;
  readonly directory: Directory;
  readonly admission: Admission;
  readonly observe: HubObserver;
  readonly presence: Presence;
  /** Whether calls and sessions may exist that this hub does not know yet. */
  readonly recovering: boolean;
  /** Whether clients of a previous hub may still come back to sessions unknown here. */
  readonly sessionsMayReturn: boolean;
}

/** The client whose message is handled. */
export interface ClientContext {
  /** Where the connection comes from; empty where that is unknown. */
  readonly address: string;
  /** Closed, or being closed. */
  readonly over: boolean;
  /** Absent until signed in, and again once the session has ended or moved elsewhere. */
  readonly session: SessionRef | undefined;
  /** The session that a basic client last offered to or answered; gets `leave` when it closes. */
  partner: SessionRef | undefined;
  /** Its watches of who is online, once it has any. */
  watches: Watches | undefined;

  send(message: ServerMessage): void;
  /** Sends a message that is serialised already. */
  sendFrame(frame: string): void;
  /** Sends the message of another session, to a basic client in its vocabulary. */
  deliver(message: ServerMessage): void;
  /** Settles once the connection has room again; undefined where it has room now. */
  room(): Promise<void> | undefined;
  refuse(refusal: Refusal, order?: Order): void;

  /** The client has a session now, on this connection. */
  joined(session: SessionRef, resumed: boolean): void;
  /** Lets the session end at a time in milliseconds since 1970; undefined lets it last. */
  limit(session: SessionRef, until: number | undefined): Promise<void>;
  /** Another connection has the session now, or another person the name. */
  lose(why: 'taken-over' | 'name-taken'): void;
  /** Closes the connection and leaves the session alone. */
  hangUp(code: number, reason: string): void;

  /** STUN and TURN servers for a person. */
  iceServers(session: SessionRef): RTCIceServer[];
  /** Sends new credentials for relays once half the lifetime of the present ones has passed. */
  renewIceServers(session: SessionRef): void;
}
