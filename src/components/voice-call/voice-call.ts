import { html } from 'lit';
import { MediaCallWidget } from '../../context/media-call-widget.js';
import type { Call } from '../../core/call/call.js';
import { demand } from '../../internal/on-demand.js';
import { styles } from './voice-call.styles.js';

/**
 * A whole voice call: the field for a name, the ring, the other person with loudness and duration, and
 * the controls.
 *
 * @summary Calls with sound only.
 * @tag rtc-voice-call
 * @attr peer - Calls this person only: their name and the Call button take the place of the field.
 * @attr auto-accept - Accepts calls without asking, and so may send a stranger sound. With names, it accepts those of these people only (`desk support`; `Front Desk, Bob` where names hold spaces). Without, it accepts everybody's, with the microphone off until something has been pressed in the page. With `*`, it accepts everybody's, with the microphone on.
 * @csspart level - The bar that follows the loudness.
 * @csspart duration - Minutes and seconds since the call was connected.
 */
export class RtcVoiceCall extends MediaCallWidget {
  static override styles = [MediaCallWidget.styles, styles];

  protected override readonly kinds = ['voice'] as const;

  protected override stage(call: Call) {
    demand('rtc-call-meter');
    return html`
      ${this.party(call, 'remote')}
      <rtc-call-meter
        exportparts="level, duration"
        .call=${call}
        .provider=${this.provider}
      ></rtc-call-meter>
      ${this.controls(call)}
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'rtc-voice-call': RtcVoiceCall;
  }
}
