import { html, nothing, type PropertyValues } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { PageSession } from '../../context/page-session.js';
import { OnlineView } from '../../context/online-view.js';
import { SessionElement } from '../../context/session-element.js';
import { controlStyles } from '../../internal/controls.styles.js';
import { roster } from '../../localize/en-roster.js';
import { addEnglish } from '../../localize/localize.js';
import '../../localize/call-words.js';
import { MAX_NAME_LENGTH } from '../../protocol/basics.js';
import type { CallKind } from '../../protocol/messages.js';
import { styles } from './roster.styles.js';

addEnglish(roster);

/**
 * A live list of everyone else online, each with a button to call them. If more people are online
 * than are listed, a field searches for the others.
 *
 * @summary The people who are online.
 * @tag rtc-roster
 * @csspart search - The field to search in, with its label.
 * @csspart list - The list.
 * @csspart person - One person.
 * @csspart more - How many more are online.
 */
export class RtcRoster extends SessionElement {
  static override styles = [SessionElement.styles, controlStyles, styles];

  static override properties = {
    ...SessionElement.properties,
    kind: {},
    limit: { type: Number },
    text: { state: true },
    found: { state: true },
  };

  /**
   * The kind of call that the buttons make: `video`, `voice` or `chat`.
   *
   * @type {'video' | 'voice' | 'chat'}
   */
  kind: CallKind = 'video';

  /** How many people are listed at most, 1 to 200. */
  limit = 100;

  /** The search text, as typed. */
  private text = '';

  /** How many the last search has found. Read out; it stays as people come and go. */
  private found: number | undefined;

  readonly #online = new OnlineView(() => this.requestUpdate());
  /** The search that `found` belongs to. */
  #search = '';
  /** Stays true once there were more than are listed: the field does not go while somebody types. */
  #searchable = false;

  protected override slice({ signaling, roster, mediaCall }: PageSession) {
    return [signaling.state, roster, mediaCall?.ended];
  }

  protected override joined(): () => void {
    return () => this.#online.close();
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    this.#online.open(this.session?.roster, this.limit);
    const { view } = this.#online;
    if (view && changed.has('limit')) view.limit = this.limit;
    if (this.session?.signaling.state.status === 'signed-out') {
      this.#searchable = false;
      if (this.text) view?.search((this.text = ''));
    }
    if (!view) return;
    const { search, online, total } = view.state;
    this.#searchable ||= total > online.size;
    if (search === this.#search) return;
    this.#search = search;
    this.found = search ? total : undefined;
  }

  protected override render() {
    const online = [...(this.#online.view?.state.online.values() ?? [])];
    const more = (this.#online.view?.state.total ?? 0) - online.length;
    const talking = this.kind !== 'chat' && this.session?.mediaCall?.ended === false;
    return html`
      <label part="search" ?hidden=${!this.#searchable}>
        ${this.t('search')}
        <input
          type="search"
          autocomplete="off"
          autocapitalize="none"
          spellcheck="false"
          maxlength=${2 * MAX_NAME_LENGTH}
          .value=${this.text}
          @input=${this.#onInput}
        />
      </label>
      <p class="unseen" role="status">
        ${this.found === undefined ? nothing : this.t('found', { count: `${this.found}` })}
      </p>
      <p class="muted" ?hidden=${online.length > 0}>${this.t(this.#nobody)}</p>
      <ul part="list" aria-label=${this.t('online')} ?hidden=${!online.length}>
        ${
          // By name: the focus stays with a person as others come and go.
          repeat(
            online,
            (name) => name,
            (name) => this.#person(name, talking),
          )
        }
      </ul>
      <p class="muted" part="more" ?hidden=${more <= 0}>
        ${this.t('more-online', { count: `${more}` })}
      </p>
    `;
  }

  /** Why nobody is listed. */
  get #nobody() {
    if (this.session?.signaling.state.status !== 'signed-in') return 'sign-in-first';
    return this.#search ? 'nobody-found' : 'nobody-online';
  }

  #person(name: string, talking: boolean) {
    return html`
      <li class="row" part="person">
        <bdi>${name}</bdi>
        <button
          aria-label=${`${this.t('call')} ${name}`}
          ?disabled=${talking}
          @click=${() => this.#call(name)}
        >
          ${this.t('call')}
        </button>
      </li>
    `;
  }

  #onInput({ target }: Event): void {
    this.text = (target as HTMLInputElement).value;
    this.#online.view?.search(this.text);
  }

  #call(name: string): void {
    if (this.kind === 'chat') this.session?.startChat(name);
    else this.session?.call(name, this.kind);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'rtc-roster': RtcRoster;
  }
}
