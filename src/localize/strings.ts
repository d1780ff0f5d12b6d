import type { en } from './en.js';
import type { chat } from './en-chat.js';
import type { rare } from './en-rare.js';

/** A complete set of strings in one language. */
export type Strings = typeof en & typeof chat & typeof rare;
export type StringKey = keyof Strings;
