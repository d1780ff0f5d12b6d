import { languages } from './languages.js';

/** All strings of a part of the kit in one language. */
type Words<Key extends string> = Readonly<Record<Key, string>>;

/** Loads a language when the first element asks for it. */
type Loaders<Key extends string> = Readonly<Record<string, () => Promise<Words<Key>>>>;

/** The strings of a part of the kit: English at once, other languages as they are needed. */
export class WordTable<Key extends string> {
  #english: Partial<Words<Key>>;
  readonly #loaders: Map<string, () => Promise<Words<Key>>>;
  readonly #loaded = new Map<string, Words<Key>>();

  /**
   * @param english all words, or those of the part that is loaded first
   * @param loaders by BCP 47 language, without a region
   */
  constructor(english: Partial<Words<Key>>, loaders: Loaders<Key>) {
    this.#english = english;
    this.#loaders = new Map(Object.entries(loaders));
  }

  /** Adds the English words of a part that has been loaded. */
  addEnglish(words: Partial<Words<Key>>): void {
    this.#english = { ...this.#english, ...words };
    languages.dispatchEvent(new Event('change'));
  }

  /** Adds a language, or replaces the words of one. */
  add(language: string, words: Words<Key>): void {
    this.#loaded.set(language, words);
    languages.dispatchEvent(new Event('change'));
  }

  /**
   * A string in a language, or in English where that has none; `values` fill its `{places}`.
   * @param otherwise the key that stands in for one that is newer than the words
   */
  translate(
    language: string,
    key: string,
    values: Readonly<Record<string, string | number>> = {},
    otherwise = key,
  ): string {
    const words =
      find(this.#in(language), key) ??
      find(this.#english, key) ??
      find(this.#english, otherwise) ??
      key;
    return words.replace(/\{(\w+)\}/g, (_, place: string) => String(values[place] ?? ''));
  }

  /** The loaded words of a language; a region falls back to its language. */
  #in(language: string): Words<Key> | undefined {
    const [base] = language.split('-') as [string];
    const words = this.#loaded.get(language) ?? this.#loaded.get(base);
    if (!words) void this.#load(base);
    return words;
  }

  async #load(language: string): Promise<void> {
    const load = this.#loaders.get(language);
    if (!load) return;
    this.#loaders.delete(language);
    try {
      this.add(language, await load());
    } catch {
      // Offline, say: the words stay English, and the next element tries again.
      this.#loaders.set(language, load);
    }
  }
}

/** A key may be a code that a server has sent: `toString` is none. */
function find(words: Readonly<Partial<Record<string, string>>> | undefined, key: string) {
  return words && Object.hasOwn(words, key) ? words[key] : undefined;
}
