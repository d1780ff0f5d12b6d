import { html } from 'lit';
import { CallWidget, isLive } from '../../context/call-widget.js';
import type { Call } from '../../core/call/call.js';
import { cardStyles } from '../../internal/card.styles.js';
import { demand } from '../../internal/on-demand.js';
import type { RtcCallControls } from '../call-controls/call-controls.js';
import type { RtcDial } from '../dial/dial.js';
import { styles } from './voice-call.styles.js';

/**
 * A whole voice call: whom to call, ringing, the other person with loudness and duration,
 * controls.
 *
 * @summary Calls with sound only.
 * @tag rtc-voice-call
 * @slot heading - Replaces the heading.
 * @csspart stage - The other person and the controls.
 * @csspart remote - The other person.
 * @csspart status - How the call stands.
 * @cssstate ringing - A call is coming in here.
 * @cssstate in-call - A call is on, or being made.
 */
export class RtcVoiceCall extends CallWidget {
  static override styles = [CallWidget.styles, cardStyles, styles];

  protected override readonly kinds = ['voice'] as const;

  protected override render() {
    const { shown, ringing } = this.presented();
    return html`
      <section class=${isLive(shown) ? 'live' : 'body'} aria-label=${this.t('voice')}>
        ${
          isLive(shown)
            ? this.#stage(shown)
            : html`<h2><slot name="heading">${this.t('voice')}</slot></h2>
                ${this.dial()}`
        }
        ${this.bell(ringing)} ${this.callStatus(shown)}
      </section>
    `;
  }

  protected override focusTarget() {
    return this.renderRoot.querySelector<RtcCallControls | RtcDial>('rtc-call-controls, rtc-dial');
  }

  #stage(call: Call) {
    demand('rtc-call-meter');
    return html`
      <div class="stage" part="stage">
        <rtc-stream part="remote" .call=${call} .provider=${this.provider}></rtc-stream>
        <rtc-call-meter .call=${call} .provider=${this.provider}></rtc-call-meter>
        <rtc-call-controls .call=${call} .provider=${this.provider}></rtc-call-controls>
      </div>
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'rtc-voice-call': RtcVoiceCall;
  }
}
