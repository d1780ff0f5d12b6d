import type { calls } from './en-calls.js';
import type { conversation } from './en-conversation.js';
import type { media } from './en-media.js';
import type { roster } from './en-roster.js';
import type { en } from './en.js';

/** Every English word, in the tables of all parts. */
type English = typeof en & typeof calls & typeof media & typeof conversation & typeof roster;

/** The key of a string that people see. */
export type StringKey = keyof English;

/** A complete set of strings in one language. */
export type Strings = Record<StringKey, string>;
