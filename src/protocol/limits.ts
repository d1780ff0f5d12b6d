/**
 * Numbers both ends of the wire agree on. Sizes are bytes of UTF-8 unless said otherwise.
 */

/** Version of the kit's part of the protocol, said in `hello`. */
export const WIRE_VERSION = 1;

/** Longest name, in Unicode code points after trimming. */
export const MAX_NAME_LENGTH = 64;

/** Largest frame that is read; a larger one is answered with `frame-too-large`. */
export const MAX_FRAME_BYTES = 64 * 1024;

/** Deepest nesting of arrays and objects that a frame may have. */
export const MAX_DEPTH = 16;

/** Names in one `roster` page or one `presence` update, so that neither nears the frame limit. */
export const ROSTER_PAGE_SIZE = 200;
