import { html, nothing } from 'lit';
import { CallWidget, isLive } from '../../context/call-widget.js';
import type { Call } from '../../core/call/call.js';
import { cardStyles } from '../../internal/card.styles.js';
import type { RtcCallControls } from '../call-controls/call-controls.js';
import type { RtcDial } from '../dial/dial.js';
import { styles } from './video-call.styles.js';

/**
 * A whole video call: whom to call, ringing, small self view over large remote view, controls.
 * It takes voice calls too, where no `rtc-voice-call` is there for them.
 *
 * @summary Calls with picture and sound.
 * @tag rtc-video-call
 * @slot heading - Replaces the heading.
 * @csspart stage - The two pictures and the controls.
 * @csspart remote - The other person's picture.
 * @csspart local - The self view.
 * @csspart status - How the call stands.
 * @cssstate ringing - A call is coming in here.
 * @cssstate in-call - A call is on, or being made.
 */
export class RtcVideoCall extends CallWidget {
  static override styles = [CallWidget.styles, cardStyles, styles];

  protected override readonly kinds = ['video', 'voice'] as const;

  protected override render() {
    const { shown, ringing } = this.presented();
    return html`
      <section class=${isLive(shown) ? 'live' : 'body'} aria-label=${this.t('video')}>
        ${
          isLive(shown)
            ? this.#stage(shown)
            : html`<h2><slot name="heading">${this.t('video')}</slot></h2>
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
    const { provider } = this;
    return html`
      <div class="stage" part="stage">
        <rtc-stream class="remote" part="remote" .call=${call} .provider=${provider}></rtc-stream>
        ${
          call.kind === 'video'
            ? html`<rtc-stream
                class="local"
                part="local"
                party="local"
                .call=${call}
                .provider=${provider}
              ></rtc-stream>`
            : nothing
        }
        <rtc-call-controls .call=${call} .provider=${provider}></rtc-call-controls>
      </div>
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'rtc-video-call': RtcVideoCall;
  }
}
