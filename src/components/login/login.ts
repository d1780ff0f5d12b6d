import { html, nothing, type PropertyValues } from 'lit';
import { SessionElement } from '../../context/session-element.js';
import type { PageSession } from '../../context/page-session.js';
import type { RtcError } from '../../core/errors.js';
import { guardPresses } from '../../internal/press-guard.js';
import { controlStyles } from '../../internal/controls.styles.js';
import { MAX_NAME_LENGTH } from '../../protocol/basics.js';
import { AutoSignIn, mayPass } from './auto-sign-in.js';
import { styles } from './login.styles.js';

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

  /**
   * Signs `name`, or whom `token` names, in as soon as there is a server, and goes on trying where that
   * may come right: the name is taken for now, or the server cannot be reached. Ends with what the
   * person does: signing in by another name, or signing out.
   */
  auto = false;

  /** Asks for a password from the beginning; otherwise it does when the server wants one. */
  password = false;

  /** A JWT of the site's own accounts, which says the name; a fresh one goes to the server. */
  token = '';

  /** The error of the last attempt. */
  private problem: RtcError | undefined = undefined;

  readonly #again = new AutoSignIn(() => this.#auto());

  /** The form has been sent from here: once signed in, the focus goes on to Sign out. */
  #sent = false;

  constructor() {
    super();
    // Sign out takes the place of Sign in.
    guardPresses(this, () => `${this.#isFormShown}`);
  }

  protected override slice({ signaling }: PageSession) {
    return [signaling.state];
  }

  protected override joined(session: PageSession): () => void {
    // A microtask later, a session that another page has kept is on its way already.
    queueMicrotask(() => this.#auto(session));
    return () => this.#again.stop();
  }

  protected override willUpdate(): void {
    this.password ||= !!this.#problem?.code.includes('password');
  }

  protected override updated(changed: PropertyValues<this>): void {
    const { session, token } = this;
    this.#goOnTrying();
    if (this.#sent && session?.signaling.state.status === 'signed-in') {
      this.#sent = false;
      this.renderRoot.querySelector<HTMLElement>('#sign-out')?.focus();
    }
    if (!session || !token || !changed.has('token')) return;
    session.signaling.renew(token);
    this.#auto(session);
  }

  protected override render() {
    const { status, name } = this.#state;
    return this.#isFormShown
      ? this.#form(status === 'signing-in')
      : this.#person(name, status === 'reconnecting');
  }

  get #state() {
    return this.session?.signaling.state ?? { status: 'signed-out', name: '' };
  }

  get #isFormShown(): boolean {
    const { status } = this.#state;
    return status === 'signed-out' || status === 'signing-in';
  }

  #form(pending: boolean) {
    const { code, retryAfter } = this.#problem ?? {};
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
            aria-invalid=${code?.includes('name') ? 'true' : 'false'}
            aria-describedby="problem"
          />
        </label>
        ${this.password ? this.#passwordField(code === 'wrong-password') : nothing}
        <button class="primary" ?disabled=${!this.session || pending}>
          ${this.t(pending ? 'signing-in' : 'sign-in')}
        </button>
        <p id="problem" class="error" part="error" role="alert" ?hidden=${!code}>
          ${code ? this.words(code, { seconds: `${retryAfter}`, origin: location.origin }) : nothing}
          ${code && this.auto && mayPass(code) ? this.t('trying-again') : nothing}
        </p>
        <p class="muted">${this.alone ? this.t('no-provider') : nothing}</p>
      </form>
    `;
  }

  #passwordField(wrong: boolean) {
    return html`
      <label>
        ${this.t('password')}
        <input
          name="password"
          type="password"
          autocomplete="current-password"
          required
          aria-invalid=${wrong ? 'true' : 'false'}
          aria-describedby="problem"
        />
      </label>
    `;
  }

  #person(name: string, away: boolean) {
    return html`
      <div class="row ${away ? 'away' : ''}" part="status">
        <p class="person" role="status">
          <span class="dot"></span>
          ${away ? this.t('reconnecting') : this.t('signed-in-as', { name })}
        </p>
        <button id="sign-out" type="button" @click=${this.#onSignOut}>${this.t('sign-out')}</button>
      </div>
    `;
  }

  async #onSubmit(event: Event): Promise<void> {
    event.preventDefault();
    const name = this.#field('username')!.value;
    const field = this.#field('password');
    const password = field?.value || undefined;
    if (field) field.value = '';
    this.#sent = true;
    this.auto = false;
    if (await this.#login(name, password)) return;
    this.#sent = false;
    await this.updateComplete;
    const which = this.#problem!.code.includes('password') ? 'password' : 'username';
    this.#field(which)?.focus();
  }

  /** The reason why nobody is signed in. */
  get #problem(): RtcError | undefined {
    return this.problem ?? this.session?.signaling.state.error;
  }

  #auto(session = this.session): void {
    const status = session?.signaling.state.status;
    if (this.auto && (this.name || this.token) && status === 'signed-out') {
      void this.#login(this.name);
    }
  }

  #goOnTrying(): void {
    const { session } = this;
    const status = session?.signaling.state.status;
    const problem = this.#problem;
    if (status === 'signed-in') this.#again.succeeded();
    else if (status !== 'signed-out' || !this.auto) this.#again.stop();
    else if (problem && mayPass(problem.code)) this.#again.again(problem, session!.settings.clock);
  }

  #field(name: 'username' | 'password'): HTMLInputElement | null {
    return this.renderRoot.querySelector(`input[name="${name}"]`);
  }

  async #onSignOut(): Promise<void> {
    this.problem = undefined;
    this.auto = false;
    this.session?.logout();
    // Form and person take each other's place: the focus that was in one goes on in the other.
    await this.updateComplete;
    this.#field('username')?.focus();
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
}

declare global {
  interface HTMLElementTagNameMap {
    'rtc-login': RtcLogin;
  }
}
