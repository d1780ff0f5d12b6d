/** The numbers that also clients need; `limits.ts` has all. */

/** Version of the kit's part of the protocol, said in `hello`. */
export const WIRE_VERSION = 1;

/** Longest name, in Unicode code points after trimming. */
export const MAX_NAME_LENGTH = 64;
