import { html, nothing, type PropertyValues } from 'lit';
import type { PageSession } from '../../context/page-session.js';
import { OnlineView } from '../../context/online-view.js';
import { SessionElement } from '../../context/session-element.js';
import { iconSet } from '../../internal/icons.js';
import { controlStyles } from '../../internal/controls.styles.js';
import '../../localize/call-words.js';
import type { CallKind } from '../../protocol/messages.js';
import { MAX_NAME_LENGTH } from '../../protocol/basics.js';
import { styles } from './dial.styles.js';

/**
 * Calls somebody: a field for the name, which suggests the people online while typing, and a
 * button.
 *
 * @summary Username to call, Call.
 * @tag rtc-dial
 * @csspart form - The form.
 * @csspart button - The Call button.
 * @csspart error - What is wrong with the name.
 */
export class RtcDial extends SessionElement {
  static override styles = [SessionElement.styles, controlStyles, styles];

  static override properties = {
    ...SessionElement.properties,
    kind: {},
    peer: {},
    name: {},
    problem: { state: true },
  };

  /**
   * The kind of call that the button makes: `video`, `voice` or `chat`.
   *
   * @type {'video' | 'voice' | 'chat'}
   */
  kind: CallKind = 'video';

  /** Calls this person only: the field becomes their name. */
  peer = '';

  /** The name that the field begins with. */
  name = '';

  /** Code of what is wrong with the name typed. */
  private problem = '';

  readonly #icon = iconSet();
  readonly #online = new OnlineView(() => this.requestUpdate());

  protected override slice({ signaling, roster, mediaCall }: PageSession) {
    return [signaling.state, roster, mediaCall?.ended];
  }

  protected override joined(): () => void {
    return () => this.#online.close();
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    const { view } = this.#online;
    this.#online.open(this.session?.roster);
    if (view === this.#online.view) return;
    this.#online.view?.search(this.renderRoot.querySelector('input')?.value ?? '');
  }

  /** Puts the focus where a call begins. */
  override focus(options?: FocusOptions): void {
    const target = this.renderRoot.querySelector<HTMLElement>('input, button');
    target?.focus(options);
    // Typed over, a name that is there is replaced.
    if (target instanceof HTMLInputElement) target.select();
  }

  protected override render() {
    const { session } = this;
    const away = session?.signaling.state.status !== 'signed-in';
    const talking = this.kind !== 'chat' && session?.mediaCall?.ended === false;
    return html`
      <form part="form" novalidate @submit=${this.#onSubmit}>
        ${this.peer ? html`<p class="peer"><bdi>${this.peer}</bdi></p>` : this.#field()}
        <button class="primary" part="button" ?disabled=${away || talking}>
          ${this.kind === 'chat' ? nothing : this.#icon(this.kind === 'video' ? 'camera' : 'phone')}
          ${this.t('call')}
        </button>
        <p id="problem" class="error" part="error" role="alert" ?hidden=${!this.problem}>
          ${this.problem ? this.words(this.problem) : nothing}
        </p>
      </form>
    `;
  }

  #field() {
    const online = this.#online.view?.state.online.values() ?? [];
    return html`
      <label>
        ${this.t('username-to-call')}
        <input
          list="online"
          autocomplete="off"
          autocapitalize="none"
          spellcheck="false"
          maxlength=${2 * MAX_NAME_LENGTH}
          required
          .value=${this.name}
          aria-invalid=${this.problem ? 'true' : 'false'}
          aria-describedby="problem"
          @input=${this.#onInput}
        />
      </label>
      <datalist id="online">
        ${[...online].map((name) => html`<option value=${name}></option>`)}
      </datalist>
    `;
  }

  /** Those who are online are found by what is typed. */
  #onInput({ target }: Event): void {
    this.#online.view?.search((target as HTMLInputElement).value);
  }

  #onSubmit(event: Event): void {
    event.preventDefault();
    const input = this.renderRoot.querySelector('input');
    const name = this.peer || input!.value;
    this.problem = name.trim() ? '' : 'bad-name';
    if (this.problem) input?.focus();
    else if (this.kind === 'chat') this.session?.startChat(name);
    else this.session?.call(name, this.kind);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'rtc-dial': RtcDial;
  }
}
