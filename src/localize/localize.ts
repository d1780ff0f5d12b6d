import { en } from './en.js';
import type { StringKey, Strings } from './strings.js';

/** Loads a language when the first element asks for it. English is always there. */
const loaders = new Map<string, () => Promise<Strings>>([
  ['de', async () => (await import('./de.js')).de],
]);
const loaded = new Map<string, Partial<Strings>>();
let english: Partial<Strings> = en;
let loadingRare: Promise<void> | undefined;
let rareSettled = false;

/** Fires `change` when a language has been loaded: elements render anew. */
export const languages = new EventTarget();

/**
 * Adds a language, or changes the words of one.
 * @param language a BCP 47 language, `fr` or `pt-BR` say; the region falls back to the language
 */
export function addLanguage(language: string, strings: Strings): void {
  loaded.set(language, strings);
  languages.dispatchEvent(new Event('change'));
}

/** Adds to the English words those that a part of the kit brings along. */
export function addEnglish(strings: Partial<Strings>): void {
  english = { ...english, ...strings };
}

/** The language in which an element's text is: the nearest `lang`, also across shadow roots. */
export function languageOf(element: Element): string {
  const near = element.closest<HTMLElement>('[lang]');
  if (near) return near.lang;
  const root = element.getRootNode();
  return root instanceof ShadowRoot ? languageOf(root.host) : navigator.language;
}

/**
 * A string in a language, as far as that is known; `values` fill its `{places}`.
 * @param key may be the code of an error or a reason, which may be newer than the words
 */
export function translate(
  language: string,
  key: string,
  values: Readonly<Record<string, string>> = {},
): string {
  const words = wordsIn(stringsOf(language), key) ?? wordsIn(english, key);
  if (words === undefined) {
    loadingRare ??= loadRare();
    // Nothing for a moment, rather than the wrong words.
    if (!rareSettled) return '';
  }
  return (words ?? en.error).replace(/\{(\w+)\}/g, (_, place: string) => values[place] ?? '');
}

async function loadRare(): Promise<void> {
  try {
    addEnglish((await import('./en-rare.js')).rare);
  } catch {
    // Offline, say: what went wrong is said in general words, and the next element tries again.
    loadingRare = undefined;
    if (rareSettled) return;
  }
  rareSettled = true;
  languages.dispatchEvent(new Event('change'));
}

const wordsIn = (strings: Partial<Strings>, key: string): string | undefined =>
  Object.hasOwn(strings, key) ? strings[key as StringKey] : undefined;

function stringsOf(language: string): Partial<Strings> {
  const [base] = language.split('-') as [string];
  const strings = loaded.get(language) ?? loaded.get(base);
  const load = loaders.get(base);
  if (!strings && load) {
    loaders.delete(base);
    load().then(
      (its) => addLanguage(base, its),
      // Offline, say: the words stay English, and the next element tries again.
      () => loaders.set(base, load),
    );
  }
  return strings ?? english;
}
