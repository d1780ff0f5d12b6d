import { learn as en } from './en-learn.js';
import { WordTable } from './word-table.js';

export type LearnKey = keyof typeof en;

/** A complete set of the explorers' strings in one language. */
export type LearnStrings = Record<LearnKey, string>;

const words = new WordTable(en, { de: async () => (await import('./de-learn.js')).learn });

/**
 * Adds a language to the explorers, or changes the words of one; those of the calls are added by
 * `addLanguage`.
 * @param language a BCP 47 language, `fr` or `pt-BR` say; the region falls back to the language
 */
export function addLearnLanguage(language: string, strings: LearnStrings): void {
  words.add(language, strings);
}

/** A string of the explorers in a language, or in English; `values` fill its `{places}`. */
export function translateLearn(
  language: string,
  key: LearnKey,
  values?: Readonly<Record<string, string | number>>,
): string {
  return words.translate(language, key, values);
}
