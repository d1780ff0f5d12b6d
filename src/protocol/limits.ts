/**
 * Numbers both ends of the wire agree on. Sizes are bytes of UTF-8 unless said otherwise.
 */

export { MAX_NAME_LENGTH } from './basics.js';

/** Longest password, in UTF-16 units: long enough for any phrase, short enough to hash. */
export const MAX_PASSWORD_LENGTH = 1024;

/** Longest token, in characters: an ID token with many claims fits several times. */
export const MAX_TOKEN_LENGTH = 16 * 1024;

/** Largest frame that is read; a larger frame is answered with `frame-too-large`. */
export const MAX_FRAME_BYTES = 64 * 1024;

/** Longest frame that a client reads, in UTF-16 units: more than any server sends. */
export const MAX_SERVER_FRAME_LENGTH = 1024 * 1024;

/** Deepest nesting of arrays and objects that a frame may have. */
export const MAX_DEPTH = 16;

/** Names in one `roster` page or one `presence` update, so that neither nears the frame limit. */
export const ROSTER_PAGE_SIZE = 200;

/** Searches among those online that a client may watch at once. */
export const MAX_WATCHES = 4;

/** Longest search among those online, in code points: as long as a name. */
export { MAX_NAME_LENGTH as MAX_SEARCH_LENGTH } from './basics.js';
