import { en } from './en.js';
import type { Strings, StringKey } from './strings.js';
import { WordTable } from './word-table.js';

const words = new WordTable<StringKey>(en, { de: async () => (await import('./de.js')).de });

/**
 * Adds a language, or changes the words of one.
 * @param language a BCP 47 language, `fr` or `pt-BR` say; the region falls back to the language
 */
export function addLanguage(language: string, strings: Strings): void {
  words.add(language, strings);
}

/** Adds the English words of a part that is loaded later. */
export function addEnglish(strings: Partial<Strings>): void {
  words.addEnglish(strings);
}

/**
 * A string in a language, as far as that is known; `values` fill its `{places}`.
 * @param key may be the code of an error or a reason, which may be newer than the words
 */
export function translate(
  language: string,
  key: string,
  values?: Readonly<Record<string, string>>,
): string {
  return words.translate(language, key, values, 'error');
}
