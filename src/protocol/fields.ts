/** The fields that messages have in common, whichever way they travel. Each string has its bound. */
import { MAX_LINK_LENGTH, MAX_NAME_UNITS, MAX_SDP_LENGTH, MAX_SEQ } from './basics.js';
import {
  flag,
  integer,
  matching,
  MISFIT,
  nullOr,
  objectOf,
  oneOf,
  textUpTo,
  when,
  type Reader,
  type Readers,
} from './shape.js';

/** A session description of one type (RFC 8829); other fields of it are left out. */
const description = (type: string): Reader =>
  objectOf({ type: oneOf(type), sdp: textUpTo(MAX_SDP_LENGTH) }, 'type sdp');

const candidateFields: Readers = {
  /** An agent writes some 150 characters, and 256 more of its user name (RFC 8839, section 5.4). */
  candidate: textUpTo(2048),
  sdpMid: nullOr(textUpTo(256)),
  sdpMLineIndex: nullOr(integer(0, 65_535)),
  usernameFragment: nullOr(textUpTo(256)),
};

/** Null or empty means the end of candidates (RFC 8838, section 8.2). */
export const candidate: Reader = nullOr(
  objectOf(candidateFields, 'candidate? sdpMid? sdpMLineIndex? usernameFragment?'),
);

export const offer = description('offer');
export const answer = description('answer');

export const commonReaders: Readers = {
  type: textUpTo(32),
  name: textUpTo(MAX_NAME_UNITS),
  /** A call's id: short, printable, chosen by the caller. */
  call: matching(/^[\w-]{1,64}$/),
  kind: oneOf('video', 'voice', 'chat'),
  /** Reasons are codes, not words: a newer client may know more of them. */
  reason: matching(/^[a-z-]{1,32}$/),
  offer,
  answer,
  candidate,
  /** A new connection, in place of a lost connection. */
  fresh: flag,
  link: textUpTo(MAX_LINK_LENGTH),
  seq: integer(0, MAX_SEQ),
  after: integer(0, MAX_SEQ),
};

/** The fields of `Order`. */
export const order = ' link? seq? after?';

/** A field that is not read here, only passed on. */
export const anything: Reader = when((value) => value !== undefined);

/** Reads a value by a reader; undefined where it does not fit. */
export function readAs<T>(read: Reader, value: unknown): T | undefined {
  const result = read(value);
  return result === MISFIT ? undefined : (result as T);
}
