import { en, type StringKey, type Strings } from './en.js';

/** Loads a language when the first element asks for it. English is always there. */
const loaders = new Map<string, () => Promise<Strings>>([
  ['de', async () => (await import('./de.js')).de],
]);
const loaded = new Map<string, Strings>([['en', en]]);

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

/** The language in which an element's text is: the nearest `lang`, also across shadow roots. */
export function languageOf(element: Element): string {
  const near = element.closest<HTMLElement>('[lang]');
  if (near) return near.lang;
  const root = element.getRootNode();
  return root instanceof ShadowRoot ? languageOf(root.host) : navigator.language;
}

/** A string in a language, as far as that is known; `values` fill its `{places}`. */
export function translate(
  language: string,
  key: StringKey,
  values: Readonly<Record<string, string>> = {},
): string {
  return stringsOf(language)[key].replace(/\{(\w+)\}/g, (_, place: string) => values[place] ?? '');
}

/** The words for a code of the core or the wire; codes may be newer than the words. */
export const hasString = (code: string): code is StringKey => Object.hasOwn(en, code);

function stringsOf(language: string): Strings {
  const [base] = language.split('-') as [string];
  const strings = loaded.get(language) ?? loaded.get(base);
  if (strings) return strings;
  const load = loaders.get(base);
  if (load) {
    loaders.delete(base);
    load().then(
      (its) => addLanguage(base, its),
      // Offline, say: the words stay English, and the next element tries again.
      () => loaders.set(base, load),
    );
  }
  return en;
}
