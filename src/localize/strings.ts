import type { en } from './en.js';

/** The key of a string that people see. */
export type StringKey = keyof typeof en;

/** A complete set of strings in one language. */
export type Strings = Record<StringKey, string>;
