import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { translateLearn, type LearnKey } from '../localize/learn.js';
import { languageOf } from '../localize/localize.js';

/** Says something in the language of a tag. */
export type Say = (key: LearnKey, values?: Readonly<Record<string, string | number>>) => string;

/** The explorers' words and numbers, in the language of the place that a tag stands in. */
export class ExplorerWords implements ReactiveController {
  readonly #host: HTMLElement;
  #language = 'en';
  #numbers = new Intl.NumberFormat('en');

  constructor(host: ReactiveControllerHost & HTMLElement) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected(): void {
    this.#language = languageOf(this.#host);
    try {
      this.#numbers = new Intl.NumberFormat(this.#language, { maximumSignificantDigits: 3 });
    } catch {
      // What a page says in `lang` need not be a language.
    }
  }

  readonly say: Say = (key, values) => translateLearn(this.#language, key, values);

  /** A number with as many digits as one can take in at a glance. */
  readonly number = (value: number): string =>
    this.#numbers.format(Math.abs(value) < 1e3 ? value : Math.round(value));
}
