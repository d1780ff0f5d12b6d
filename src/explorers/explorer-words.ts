import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { translateExplorer, type ExplorerKey } from '../localize/explorers.js';
import { languageOf } from '../localize/languages.js';

/** Says something in the language of a tag. */
export type Say = (key: ExplorerKey, values?: Readonly<Record<string, string | number>>) => string;

const digits = { maximumSignificantDigits: 3 };

/** The explorers' words and numbers, in the language of the place that a tag stands in. */
export class ExplorerWords implements ReactiveController {
  readonly #host: HTMLElement;
  #language: string | undefined;
  #numbers = new Intl.NumberFormat('en', digits);

  constructor(host: ReactiveControllerHost & HTMLElement) {
    this.#host = host;
    host.addController(this);
  }

  hostUpdate(): void {
    const language = languageOf(this.#host);
    if (language === this.#language) return;
    this.#language = language;
    try {
      this.#numbers = new Intl.NumberFormat(language, digits);
    } catch {
      // The page's `lang` need not be a valid language.
    }
  }

  readonly say: Say = (key, values) => translateExplorer(this.#language ?? 'en', key, values);

  /** Formats a number with few enough digits to read at a glance. */
  readonly number = (value: number): string =>
    this.#numbers.format(Math.abs(value) < 1e3 ? value : Math.round(value));
}
