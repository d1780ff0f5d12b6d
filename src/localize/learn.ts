import { learn as en } from './en-learn.js';
import type { LearnKey, LearnStrings } from './learn-strings.js';
import { languages } from './localize.js';

export type { LearnKey, LearnStrings };

/** As with the strings of the calls: loaded when the first explorer asks. English is there. */
const loaders = new Map<string, () => Promise<LearnStrings>>([
  ['de', async () => (await import('./de-learn.js')).learn],
]);
const loaded = new Map<string, LearnStrings>();

/**
 * Adds a language to the explorers, or changes the words of one; those of the calls are added by
 * `addLanguage`.
 * @param language a BCP 47 language, `fr` or `pt-BR` say; the region falls back to the language
 */
export function addLearnLanguage(language: string, strings: LearnStrings): void {
  loaded.set(language, strings);
  languages.dispatchEvent(new Event('change'));
}

/** A string of the explorers in a language, or in English; `values` fill its `{places}`. */
export function translateLearn(
  language: string,
  key: LearnKey,
  values: Readonly<Record<string, string | number>> = {},
): string {
  const [base] = language.split('-') as [string];
  const strings = loaded.get(language) ?? loaded.get(base);
  const load = loaders.get(base);
  if (!strings && load) {
    loaders.delete(base);
    load().then(
      (its) => addLearnLanguage(base, its),
      // Offline, say: the words stay English, and the next element tries again.
      () => loaders.set(base, load),
    );
  }
  const words = (strings ?? en)[key];
  return words.replace(/\{(\w+)\}/g, (_, place: string) => String(values[place] ?? ''));
}
