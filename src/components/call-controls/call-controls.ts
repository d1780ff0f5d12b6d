import { html, nothing } from 'lit';
import type { PageSession } from '../../context/page-session.js';
import { SessionElement } from '../../context/session-element.js';
import type { Call } from '../../core/call/call.js';
import { iconSet } from '../../internal/icons.js';
import { controlStyles } from '../../internal/controls.styles.js';
import '../../localize/call-words.js';
import { styles } from './call-controls.styles.js';

/**
 * Microphone, camera and hang up of the call that runs.
 *
 * @summary Microphone, Camera, Hang up.
 * @tag rtc-call-controls
 * @csspart microphone - The microphone's toggle button.
 * @csspart camera - The camera's toggle button.
 * @csspart hang-up - The button that ends the call.
 */
export class RtcCallControls extends SessionElement {
  static override styles = [SessionElement.styles, controlStyles, styles];

  static override properties = { ...SessionElement.properties, call: { attribute: false } };

  /** The call, from the widget around; left out, the one with sound or picture. */
  call: Call | undefined = undefined;

  readonly #icon = iconSet();

  /** Puts the focus on the button that ends the call. */
  override focus(options?: FocusOptions): void {
    this.renderRoot.querySelector<HTMLElement>('[part="hang-up"]')?.focus(options);
  }

  protected override slice(session: PageSession) {
    return [(this.call ?? session.mediaCall)?.state];
  }

  protected override joined(session: PageSession): (() => void) | void {
    if (this.call) return;
    return session.presenters.add({ element: this, kinds: ['video', 'voice'], role: 'controls' });
  }

  protected override render() {
    const call = this.call ?? this.session?.mediaCall;
    if (!call || call.ended || (call.direction === 'incoming' && call.state.phase === 'ringing')) {
      return nothing;
    }
    return html`
      <div class="row" role="group" aria-label=${this.t('controls')}>
        ${this.#toggle(call, 'microphone')}
        ${call.kind === 'video' ? this.#toggle(call, 'camera') : nothing}
        <button class="bad" part="hang-up" @click=${() => call.hangUp()}>
          ${this.#icon('phone')} ${this.t('hang-up')}
        </button>
      </div>
    `;
  }

  #toggle(call: Call, device: 'microphone' | 'camera') {
    const { [device]: live, opening } = call.state.local;
    // While a device is being opened, the button shows and changes how it is going to be.
    const on = live || opening[device];
    const set = () => void (device === 'camera' ? call.setCamera(!on) : call.setMicrophone(!on));
    return html`
      <button
        class="round"
        part=${device}
        aria-label=${this.t(device)}
        aria-pressed=${on ? 'true' : 'false'}
        title=${this.t(device)}
        @click=${set}
      >
        ${this.#icon(device, !on)}
      </button>
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'rtc-call-controls': RtcCallControls;
  }
}
