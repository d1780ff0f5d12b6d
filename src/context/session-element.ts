import type { CSSResultGroup, PropertyDeclarations, PropertyValues } from 'lit';
import type { StringKey } from '../localize/strings.js';
import { followLanguageOf, languageOf, languages } from '../localize/languages.js';
import { translate } from '../localize/localize.js';
import { baseStyles } from '../internal/base.styles.js';
import { KitElement } from '../internal/kit-element.js';
import type { PageSession } from './page-session.js';
import { SessionController } from './session-controller.js';

/**
 * The base of every tag but the provider: it belongs to a session and uses the language of its
 * place in the page.
 *
 * @cssproperty --rtc-surface - Background of cards and fields.
 * @cssproperty --rtc-raised - Background of quiet buttons and of what stands out from a card.
 * @cssproperty --rtc-text - Colour of text. On the page's own ground it is the page's by default.
 * @cssproperty --rtc-muted - Colour of lesser text, by default likewise.
 * @cssproperty --rtc-line - Colour of dividing lines.
 * @cssproperty --rtc-field - Colour of the edges of fields.
 * @cssproperty --rtc-accent - Background of the main button.
 * @cssproperty --rtc-on-accent - Colour of the text on `--rtc-accent`.
 * @cssproperty --rtc-success - Background of Accept; colour of what goes well.
 * @cssproperty --rtc-on-success - Colour of the text on `--rtc-success`.
 * @cssproperty --rtc-danger - Background of Decline and Hang up; colour of errors.
 * @cssproperty --rtc-on-danger - Colour of the text on `--rtc-danger`.
 * @cssproperty --rtc-stage - Background of a party without a picture, and of what a picture leaves free.
 * @cssproperty --rtc-radius - Radius of corners.
 * @cssproperty --rtc-gap - Space between things.
 * @cssproperty --rtc-font - A CSS `font`. By default the page's family in the person's own size (`medium`).
 */
export abstract class SessionElement extends KitElement {
  static override styles: CSSResultGroup = baseStyles;

  static override properties: PropertyDeclarations = { provider: {} };

  /** Id of the `rtc-provider` to belong to; by default the nearest, then the page's. */
  provider = '';

  #language = '';
  readonly #controller = new SessionController(this, (session) => this.slice(session), {
    joined: (session) => this.joined(session),
  });

  /** The session this tag belongs to, if there is one yet. */
  get session(): PageSession | undefined {
    return this.#controller.session;
  }

  /** There is no provider, and none has come with the same page: that has to be said. */
  protected get alone(): boolean {
    return !this.session && this.hasUpdated;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#language = languageOf(this);
    followLanguageOf(this);
    languages.addEventListener('change', this.#onLanguages);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    languages.removeEventListener('change', this.#onLanguages);
  }

  protected override firstUpdated(changed: PropertyValues): void {
    super.firstUpdated(changed);
    if (!this.session) setTimeout(() => this.requestUpdate());
  }

  /** The parts of the session that this tag renders. */
  protected abstract slice(session: PageSession): readonly unknown[];

  /** Takes part in a session. @returns what to do when leaving it. */
  protected joined(_session: PageSession): (() => void) | void {}

  /** A string in the language of this place. Those of calls are there with the call part. */
  protected t(key: StringKey, values?: Record<string, string>): string {
    return translate(this.#language, key, values);
  }

  /** The words for an error's or reason's code. */
  protected words(code: string, values?: Record<string, string>): string {
    return translate(this.#language, code, values);
  }

  #onLanguages = (): void => {
    this.#language = languageOf(this);
    this.requestUpdate();
  };
}
