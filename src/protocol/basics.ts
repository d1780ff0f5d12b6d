/** The numbers that also clients need; `limits.ts` has all. */

/** Version of the kit's part of the protocol, said in `hello`. */
export const WIRE_VERSION = 1;

/** Longest name, in Unicode code points after trimming. */
export const MAX_NAME_LENGTH = 64;

/**
 * Longest name as it travels, in UTF-16 units: a code point has at most two, and as many again are
 * left for marks that composing joins and for white space that trimming takes away.
 */
export const MAX_NAME_UNITS = 4 * MAX_NAME_LENGTH;

/** Longest `link`, in characters. */
export const MAX_LINK_LENGTH = 64;

/** Highest `seq`: more messages than anybody sends in one session. */
export const MAX_SEQ = 2 ** 32;

/** Longest session description, in UTF-16 units: what fits a frame. */
export const MAX_SDP_LENGTH = 64 * 1024;
