import { html, type CSSResultGroup, type TemplateResult } from 'lit';
import type { Call } from '../core/call/call.js';
import { cardStyles } from '../internal/card.styles.js';
import { CallWidget, isLive } from './call-widget.js';

type FocusTarget = HTMLElement & { updateComplete?: Promise<boolean> };

/**
 * The base of `rtc-video-call` and `rtc-voice-call`: before a call a heading and the name field,
 * during a call a stage with the parties and the controls.
 *
 * @slot heading - Replaces the heading.
 * @csspart dial-form - The form that begins a call.
 * @csspart dial-button - The Call button.
 * @csspart dial-error - What is wrong with the name.
 * @csspart stage - The parties and the controls.
 * @csspart remote - The other person.
 * @csspart remote-video - The other person's video element.
 * @csspart remote-avatar - The initial that stands in for the other person's picture.
 * @csspart remote-caption - The other person's name and muted states.
 * @csspart microphone - The microphone's toggle button.
 * @csspart hang-up - The button that ends the call.
 * @csspart status-error - What is wrong with the camera or the microphone.
 */
export abstract class MediaCallWidget extends CallWidget {
  static override styles: CSSResultGroup = [CallWidget.styles, cardStyles];

  /** Renders the stage during a call. */
  protected abstract stage(call: Call): TemplateResult;

  protected override render() {
    const { shown, ringing } = this.presented();
    const live = isLive(shown);
    const [kind] = this.kinds;
    const title = this.t(kind!);
    return html`
      <section class=${live ? 'live' : 'body'} aria-label=${title}>
        ${
          live
            ? html`<div class="stage" part="stage">${this.stage(shown)}</div>`
            : html`<h2><slot name="heading">${title}</slot></h2>
                ${this.dial(shown)}`
        }
        ${this.bell(ringing)} ${this.callStatus(shown)}
      </section>
    `;
  }

  protected override focusTarget() {
    return this.renderRoot.querySelector<FocusTarget>('rtc-call-controls, rtc-dial');
  }

  /** Renders a party of the call. Its parts carry the party's name, as there may be two parties. */
  protected party(call: Call, party: 'remote' | 'local') {
    return html`
      <rtc-stream
        class=${party}
        part=${party}
        exportparts="video: ${party}-video, avatar: ${party}-avatar, caption: ${party}-caption"
        party=${party}
        .call=${call}
        .provider=${this.provider}
      ></rtc-stream>
    `;
  }

  protected controls(call: Call) {
    return html`
      <rtc-call-controls
        exportparts="microphone, camera, hang-up"
        .call=${call}
        .provider=${this.provider}
      ></rtc-call-controls>
    `;
  }
}
