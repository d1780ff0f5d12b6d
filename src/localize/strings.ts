import type { en } from './en.js';
import type { rare } from './en-rare.js';

/** A complete set of strings in one language. */
export type Strings = typeof en & typeof rare;
export type StringKey = keyof Strings;
