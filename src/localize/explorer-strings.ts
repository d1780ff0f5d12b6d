import type { explorers } from './en-explorers.js';

export type ExplorerKey = keyof typeof explorers;

/** A complete set of the explorers' strings in one language. */
export type ExplorerStrings = Record<ExplorerKey, string>;
