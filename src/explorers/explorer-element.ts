import type { CSSResultGroup } from 'lit';
import { SessionElement } from '../context/session-element.js';
import { cardStyles } from '../internal/card.styles.js';
import { controlStyles } from '../internal/controls.styles.js';
import { explorerStyles } from './explorer.styles.js';
import { ExplorerWords } from './explorer-words.js';

/**
 * The base of the explorers: a card of their own, and words that load with them rather than with
 * the calls.
 */
export abstract class ExplorerElement extends SessionElement {
  static override styles: CSSResultGroup = [
    SessionElement.styles,
    cardStyles,
    controlStyles,
    explorerStyles,
  ];

  readonly #words = new ExplorerWords(this);
  protected readonly say = this.#words.say;
  protected readonly number = this.#words.number;
}
