import type { calls } from './en-calls.js';
import type { media } from './en-media.js';
import type { en } from './en.js';

/** The key of a string that people see. */
export type StringKey = keyof typeof en | keyof typeof calls | keyof typeof media;

/** A complete set of strings in one language. */
export type Strings = Record<StringKey, string>;
