import type { learn } from './en-learn.js';

export type LearnKey = keyof typeof learn;

/** A complete set of the explorers' strings in one language. */
export type LearnStrings = Record<LearnKey, string>;
