import { html, nothing } from 'lit';
import { SessionElement } from '../../context/session-element.js';
import type { PageSession } from '../../context/page-session.js';
import { RtcError } from '../../core/errors.js';
import { controlStyles } from '../../internal/controls.styles.js';
import { MAX_NAME_LENGTH } from '../../protocol/limits.js';
import { styles } from './login.styles.js';

/**
 * Signs a person in by name, and out again.
 *
 * @summary Username, Sign in; then who one is, Sign out.
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
    problem: { state: true },
  };

  /** The name that the field begins with. */
  name = '';

  /** Signs `name` in as soon as there is a server. */
  auto = false;

  /** Code of what is wrong with the last attempt. */
  private problem = '';

  protected override slice({ signaling }: PageSession) {
    return [signaling.state];
  }

  protected override joined(session: PageSession): void {
    if (this.auto && this.name && session.signaling.state.status === 'signed-out') {
      void this.#login(this.name);
    }
  }

  protected override render() {
    const { status, name } = this.session?.signaling.state ?? { status: 'signed-out', name: '' };
    return status === 'signed-out' || status === 'signing-in'
      ? this.#form(status === 'signing-in')
      : this.#person(name, status === 'reconnecting');
  }

  #form(pending: boolean) {
    const problem = this.problem || this.session?.signaling.state.error || '';
    return html`
      <form part="form" novalidate @submit=${this.#onSubmit}>
        <label>
          ${this.t('username')}
          <input
            name="username"
            autocomplete="username"
            autocapitalize="none"
            spellcheck="false"
            maxlength=${2 * MAX_NAME_LENGTH}
            required
            .value=${this.name}
            aria-invalid=${problem ? 'true' : 'false'}
            aria-describedby="problem"
          />
        </label>
        <button class="primary" ?disabled=${!this.session || pending}>
          ${this.t(pending ? 'signing-in' : 'sign-in')}
        </button>
        <p id="problem" class="error" part="error" role="alert" ?hidden=${!problem}>
          ${problem ? this.words(problem) : nothing}
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
    const input = this.renderRoot.querySelector('input')!;
    if (await this.#login(input.value)) await this.#focus('button');
    else input.focus();
  }

  async #onSignOut(): Promise<void> {
    this.problem = '';
    this.session?.logout();
    await this.#focus('input');
  }

  /** @returns whether one is signed in now; if not, the reason is shown */
  async #login(name: string): Promise<boolean> {
    this.problem = '';
    try {
      await this.session?.login(name);
      return true;
    } catch (error) {
      this.problem = error instanceof RtcError ? error.code : 'error';
      return false;
    }
  }

  /** Form and person take each other's place: the focus that was in one goes on in the other. */
  async #focus(selector: string): Promise<void> {
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>(selector)?.focus();
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'rtc-login': RtcLogin;
  }
}
