import { explorers as en } from './en-explorers.js';
import type { ExplorerKey, ExplorerStrings } from './explorer-strings.js';
import { WordTable } from './word-table.js';

export type { ExplorerKey, ExplorerStrings };

const words = new WordTable(en, { de: async () => (await import('./de-explorers.js')).explorers });

/**
 * Adds a language to the explorers, or changes the words of one; those of the calls are added by
 * `addLanguage`.
 * @param language a BCP 47 language, `fr` or `pt-BR` say; the region falls back to the language
 */
export function addExplorerLanguage(language: string, strings: ExplorerStrings): void {
  words.add(language, strings);
}

/** A string of the explorers in a language, or in English; `values` fill its `{places}`. */
export function translateExplorer(
  language: string,
  key: ExplorerKey,
  values?: Readonly<Record<string, string | number>>,
): string {
  return words.translate(language, key, values);
}
