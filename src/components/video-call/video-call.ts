import { html, nothing } from 'lit';
import { MediaCallWidget } from '../../context/media-call-widget.js';
import type { Call } from '../../core/call/call.js';
import { styles } from './video-call.styles.js';

/**
 * A whole video call: the field for a name, the ring, a large picture of the other person with a small
 * self view on it, and the controls. Takes voice calls too, unless the page has an `rtc-voice-call`.
 *
 * @summary Calls with picture and sound.
 * @tag rtc-video-call
 * @attr peer - Calls this person only: their name and the Call button take the place of the field.
 * @cssproperty [--rtc-self-view-width=clamp(88px, 28%, 208px)] - Width of the self view.
 * @csspart local - The self view.
 * @csspart local-video - The self view's video element.
 * @csspart local-avatar - The initial that stands in for the self view's picture.
 * @csspart local-caption - The self view's name and muted states.
 * @csspart camera - The camera's toggle button.
 */
export class RtcVideoCall extends MediaCallWidget {
  static override styles = [MediaCallWidget.styles, styles];

  protected override readonly kinds = ['video', 'voice'] as const;

  protected override stage(call: Call) {
    return html`
      ${this.party(call, 'remote')} ${call.kind === 'video' ? this.party(call, 'local') : nothing}
      ${this.controls(call)}
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'rtc-video-call': RtcVideoCall;
  }
}
