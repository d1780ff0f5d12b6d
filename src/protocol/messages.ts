/**
 * The messages between a client and a server. Every frame is a JSON text frame with a `type`;
 * `docs/protocol.md` shows an example of each. The messages `login`, `offer`, `answer`,
 * `candidate`, `leave` and `error` are a basic client's vocabulary and a compatibility promise.
 */

/** The purpose of a call. A `chat` opens a data channel only. */
export type CallKind = 'video' | 'voice' | 'chat';

/** A session description as it travels (RFC 8829). */
export interface Description {
  type: RTCSdpType;
  sdp: string;
}

/** An ICE candidate as it travels (RFC 8839); null or empty means the end of candidates. */
export type Candidate = RTCIceCandidateInit | null;

/** Sent at login by a kit client; a client that does not send it is a basic client. */
export interface Hello {
  /** {@link WIRE_VERSION} of the client. */
  version: number;
  /**
   * When the login was made, in milliseconds by the client's clock: of two for one session, the
   * later counts, in whichever order they arrive.
   */
  at?: number;
}

/**
 * The fields that make messages between two people arrive once and in order (docs/reliability.md).
 * Kit clients put them on every message for somebody; the server relays them.
 */
export interface Order {
  /** The sender's own, made at sign-in: its numbers begin anew with it. */
  link?: string;
  /** 1 and up, for each person spoken to. */
  seq?: number;
  /** The number of the message that has to be read before this one; 0 where none has to. */
  after?: number;
}

/** Why a call was not taken or came to its end. Words for people live in `localize/`. */
export type EndReason = (typeof endReasons)[number];

export const endReasons = [
  'hung-up',
  'declined',
  'busy',
  'cancelled',
  'no-answer',
  'not-online',
  'unsupported-kind',
  'gone',
  'failed',
  'lost',
  'signed-out',
  'answered-elsewhere',
  'replaced',
] as const;

/** Stable names of everything that can go wrong on the wire. */
export type WireErrorCode = (typeof wireErrorCodes)[number];

export const wireErrorCodes = [
  'bad-json',
  'bad-message',
  'binary-frame',
  'frame-too-large',
  'unknown-type',
  'not-authenticated',
  'already-signed-in',
  'bad-name',
  'name-taken',
  'password-needed',
  'wrong-password',
  'too-many-attempts',
  'sign-in-busy',
  'token-needed',
  'token-invalid',
  'token-expired',
  'not-online',
  'no-such-call',
  'call-exists',
  'too-many-calls',
  'too-many-rings',
  'too-many-names',
  'mailbox-full',
  'too-many-frames',
  'too-many-bytes',
  'too-many-connections',
  'too-many-sign-ins',
  'sign-in-timeout',
  'idle',
  'roster-cut',
  'yourself',
  'unavailable',
  'internal',
] as const;

/** From client to server, for somebody: `name` is the person, and the server adds who speaks. */
export type PersonalMessage =
  | { type: 'offer'; name: string; offer: unknown; call?: string; fresh?: boolean }
  | { type: 'answer'; name: string; answer: unknown; call?: string }
  | { type: 'candidate'; name: string; candidate?: unknown; call?: string }
  | { type: 'leave'; name: string; call?: string; reason?: EndReason }
  | { type: 'call'; name: string; call: string; kind: CallKind; offer?: Description }
  | { type: 'accept'; name: string; call: string; answer?: Description }
  | { type: 'decline'; name: string; call: string; reason?: EndReason }
  | { type: 'busy'; name: string; call: string }
  | { type: 'cancel'; name: string; call: string; reason?: EndReason };

/** From client to server. */
export type ClientMessage =
  | {
      type: 'login';
      name: string;
      hello?: Hello;
      resume?: string;
      /** Where the server has accounts. */
      password?: string;
      /** A JWT of the site's own accounts, which says the name (RFC 7519). */
      token?: string;
    }
  | { type: 'token'; token: string }
  | (PersonalMessage & Order)
  | { type: 'ack'; name: string; link: string; seq: number }
  | Announcement
  | {
      type: 'watch';
      on: boolean;
      /** The beginning of the names to show; {@link MAX_SEARCH_LENGTH} code points at most. */
      search?: string;
      /** How many names are shown at most, 1 to {@link ROSTER_PAGE_SIZE}. */
      limit?: number;
    }
  | { type: 'beat' };

/** A call that a client is in, told to a server that may have forgotten it. */
export interface Announcement {
  type: 'announce';
  /** The other person. */
  name: string;
  call: string;
  kind: CallKind;
  /** Whether this side called. */
  caller: boolean;
  /** Whether the call was accepted. */
  accepted: boolean;
}

/** The values that the server hands out at a successful login. */
export interface LoginAccepted {
  type: 'login';
  success: true;
  /** The name as the server keeps it. */
  name: string;
  /** Changes when the server has lost its state. */
  epoch: string;
  /** Takes this session over on another connection, once. */
  resume?: string;
  /** True when this is the same session as before, not a new one. */
  resumed?: boolean;
  iceServers?: RTCIceServer[];
}

/** From server to client, of somebody: `name` is who speaks, stamped by the server. */
export type MessageOfPerson =
  | { type: 'offer'; name: string; offer: Description; call?: string; fresh?: boolean }
  | { type: 'answer'; name: string; answer: Description; call?: string }
  | { type: 'candidate'; name: string; candidate?: Candidate; call?: string }
  | { type: 'leave'; name: string; call?: string; reason?: EndReason }
  | {
      type: 'call';
      name: string;
      call: string;
      kind: CallKind;
      offer?: Description;
      plain?: boolean;
    }
  | { type: 'accept'; name: string; call: string; answer?: Description }
  | { type: 'decline'; name: string; call: string; reason?: EndReason }
  | { type: 'busy'; name: string; call: string }
  | { type: 'cancel'; name: string; call: string; reason?: EndReason };

/** Further fields for a client that asked for a page of names. */
export interface Found {
  /** How many names begin with the search, the own name included. */
  total?: number;
  /** The `nameKey()` of the search. */
  search?: string;
}

/** From server to client. */
export type ServerMessage =
  | LoginAccepted
  | {
      type: 'login';
      success: false;
      code?: WireErrorCode;
      message?: string;
      /** With `too-many-attempts` and `sign-in-busy`: in how many seconds to try again. */
      retryAfter?: number;
    }
  | { type: 'token'; success: boolean; code?: WireErrorCode; message?: string }
  | { type: 'token-expiring'; seconds: number }
  | (MessageOfPerson & Order)
  | { type: 'ack'; name: string; link: string; seq: number }
  | { type: 'ringing'; name: string; call: string; plain?: boolean }
  | { type: 'away'; name: string }
  | { type: 'back'; name: string }
  | ({ type: 'roster'; names: string[]; more: boolean } & Found)
  | ({ type: 'presence'; online: string[]; offline: string[] } & Found)
  | { type: 'beat' }
  | { type: 'ice-servers'; iceServers: RTCIceServer[] }
  | ({ type: 'error'; code?: WireErrorCode; message: string; call?: string } & Order);
