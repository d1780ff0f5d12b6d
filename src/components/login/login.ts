import { html, nothing, type PropertyValues } from 'lit';
import { SessionElement } from '../../context/session-element.js';
import type { PageSession } from '../../context/page-session.js';
import type { RtcError } from '../../core/errors.js';
import { controlStyles } from '../../internal/controls.styles.js';
import { MAX_NAME_LENGTH } from '../../protocol/basics.js';
import { styles } from './login.styles.js';
import type { passwordField } from './password-field.js';

/**
 * Signs a person in by name, with a password where the server wants one, and out again.
 *
 * @summary Username, Password, Sign in; then who one is, Sign out.
 * @tag rtc-login
 * @csspart form - The form, while signed out.
 * @csspart status - Who is signed in.
 * @csspart error - Why signing in failed.
 */
export class RtcLogin extends SessionElement {
  static override styles = [SessionElement.styles, controlStyles, styles];

  static override properties = {
    ...SessionElement.properties,
    name: {},
    auto: { type: Boolean },
    password: { type: Boolean },
    token: {},
    problem: { state: true },
  };

  /** The name that the field begins with. */
  name = '';

  /** Signs `name`, or whom `token` names, in as soon as there is a server, once. */
  auto = false;

  /** Asks for a password from the beginning; otherwise it does when the server wants one. */
  password = false;

  /** A JWT of the site's own accounts, which says the name; a fresh one goes to the server. */
  token = '';

  /** What is wrong with the last attempt. */
  private problem: RtcError | undefined = undefined;

  #passwordField: typeof passwordField | undefined;
  #loading: Promise<void> | undefined;

  protected override slice({ signaling }: PageSession) {
    return [signaling.state];
  }

  protected override joined(session: PageSession): void {
    this.#auto(session);
  }

  protected override willUpdate(): void {
    this.password ||= !!this.#problem?.code?.includes('password');
    if (this.password) this.#loading ??= this.#load();
  }

  protected override updated(changed: PropertyValues<this>): void {
    const { session, token } = this;
    if (!session || !token || !changed.has('token')) return;
    session.signaling.renew(token);
    this.#auto(session);
  }

  protected override render() {
    const { status, name } = this.session?.signaling.state ?? { status: 'signed-out', name: '' };
    return status === 'signed-out' || status === 'signing-in'
      ? this.#form(status === 'signing-in')
      : this.#person(name, status === 'reconnecting');
  }

  #form(pending: boolean) {
    const { code = '', retryAfter } = this.#problem ?? {};
    return html`
      <form part="form" novalidate @submit=${this.#onSubmit}>
        <label ?hidden=${!!this.token}>
          ${this.t('username')}
          <input
            name="username"
            autocomplete="username"
            autocapitalize="none"
            spellcheck="false"
            maxlength=${2 * MAX_NAME_LENGTH}
            required
            .value=${this.name}
            aria-invalid=${/name/.test(code) ? 'true' : 'false'}
            aria-describedby="problem"
          />
        </label>
        ${this.#passwordField?.(this.t('password'), code === 'wrong-password')}
        <button class="primary" ?disabled=${!this.session || pending}>
          ${this.t(pending ? 'signing-in' : 'sign-in')}
        </button>
        <p id="problem" class="error" part="error" role="alert" ?hidden=${!code}>
          ${code ? this.words(code, { seconds: `${retryAfter}` }) : nothing}
        </p>
        <p class="muted">${this.alone ? this.t('no-provider') : nothing}</p>
      </form>
    `;
  }

  #person(name: string, away: boolean) {
    return html`
      <div class="row ${away ? 'away' : ''}" part="status">
        <p class="person" role="status">
          <span class="dot"></span>
          ${away ? this.t('reconnecting') : this.t('signed-in-as', { name })}
        </p>
        <button type="button" @click=${this.#onSignOut}>${this.t('sign-out')}</button>
      </div>
    `;
  }

  async #onSubmit(event: Event): Promise<void> {
    event.preventDefault();
    const [name, password] = this.renderRoot.querySelectorAll('input');
    const attempt = this.#login(name!.value, password?.value || undefined);
    if (password) password.value = '';
    if (await attempt) await this.#focus('button');
    else await this.#focus(this.#problem!.code.includes('password') ? '[type]' : 'input');
  }

  /** What keeps one from being signed in. */
  get #problem(): RtcError | undefined {
    return this.problem ?? this.session?.signaling.state.error;
  }

  #auto(session: PageSession): void {
    const { status } = session.signaling.state;
    if (this.auto && (this.name || this.token) && status === 'signed-out') {
      void this.#login(this.name);
    }
  }

  /** What is needed to ask for a password: few pages do. */
  async #load(): Promise<void> {
    ({ passwordField: this.#passwordField } = await import('./password-field.js'));
    this.requestUpdate();
  }

  async #onSignOut(): Promise<void> {
    this.problem = undefined;
    this.auto = false;
    this.session?.logout();
    await this.#focus('input');
  }

  /** @returns whether one is signed in now; if not, the reason is shown */
  async #login(name: string, password?: string): Promise<boolean> {
    this.problem = undefined;
    try {
      await this.session?.login(name, { password, token: this.token || undefined });
      return true;
    } catch (error) {
      this.problem = error as RtcError;
      return false;
    }
  }

  /** Form and person take each other's place: the focus that was in one goes on in the other. */
  async #focus(selector: string): Promise<void> {
    await this.updateComplete;
    await this.#loading;
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>(selector)?.focus();
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'rtc-login': RtcLogin;
  }
}
