import { html, nothing } from 'lit';
import type { PageSession } from '../../context/page-session.js';
import { SessionElement } from '../../context/session-element.js';
import type { Call } from '../../core/call/call.js';
import type { ErrorCode } from '../../core/errors.js';
import { styles } from './call-status.styles.js';

/**
 * Says how a call stands: whether it rings, connects, is connected or reconnects, and why it ended.
 * Under it, what is wrong with the camera and the microphone of this page.
 *
 * @summary Ringing…, Connecting…, Connected, Reconnecting…, and why a call ended.
 * @tag rtc-call-status
 * @csspart status - How the call stands.
 * @csspart error - What is wrong with the camera or the microphone.
 */
export class RtcCallStatus extends SessionElement {
  static override styles = [SessionElement.styles, styles];

  static override properties = {
    ...SessionElement.properties,
    hideConnected: { attribute: 'hide-connected', type: Boolean },
    call: { attribute: false },
  };

  /**
   * Hides the words while the call is connected, for a page that shows the call itself. A screen
   * reader still says them.
   */
  hideConnected = false;

  /**
   * The call to speak of, from the widget around, or null for none. Left out, the tag speaks of the
   * last video or voice call.
   */
  call: Call | null | undefined = undefined;

  protected override slice(session: PageSession) {
    return [session.signaling.state, session.state.callPart, this.#find(session)?.state];
  }

  protected override render() {
    const call = this.#find();
    const words = this.#words(call);
    const error = call?.state.local.error ?? this.#trouble;
    const away = this.#wordsOfServer(call);
    const seen = (words || away) && !(this.hideConnected && call?.state.phase === 'active');
    // A screen reader speaks of what changes in a live region, so both are there from the beginning.
    return html`
      <p class="status ${seen ? 'muted' : 'unseen'}" part="status" role="status">
        ${words} ${away ? html`<span>${away}</span>` : nothing}
      </p>
      <p class="status ${error ? 'error' : 'unseen'}" part="error" role="alert">
        ${error ? this.words(error) : nothing}
      </p>
    `;
  }

  #find(session = this.session): Call | undefined {
    return this.call === undefined ? session?.mediaCall : (this.call ?? undefined);
  }

  /** Why nobody can be called from here, though this person is signed in. */
  get #trouble(): ErrorCode | undefined {
    const { callPart, signaling } = this.session?.state ?? {};
    const failed = signaling?.status === 'signed-in' && callPart === 'failed';
    return failed ? 'calls-not-loaded' : undefined;
  }

  #wordsWithoutCall(): string {
    const { callPart, signaling } = this.session?.state ?? {};
    if (signaling?.status === 'signed-out') return this.t('sign-in-first');
    const waits = signaling?.status === 'signed-in' && callPart === 'loading';
    return waits ? this.t('getting-ready') : '';
  }

  /** Why nobody can be called for now, where no call is on. */
  #wordsOfServer(call: Call | undefined): string {
    const away = this.session?.signaling.state.status === 'reconnecting';
    return away && (!call || call.ended) ? this.t('server-away') : '';
  }

  #words(call: Call | undefined): string {
    if (this.alone) return this.t('no-provider');
    if (!call) return this.#wordsWithoutCall();
    const { name, direction, state } = call;
    const { phase, reached, error } = state;
    switch (phase) {
      case 'ringing':
        // An incoming call is announced by the tag in which it rings.
        if (direction === 'incoming') return '';
        return this.t(reached ? 'ringing' : 'calling', { name });
      case 'ended':
        return this.words(error ?? endOf(call), { name });
      default:
        return this.t(phase, { name });
    }
  }
}

/** The key of the words that say why a call ended, as seen from this side. */
function endOf({ kind, direction, state: { reason } }: Call): string {
  if (reason === 'hung-up' || reason === 'signed-out') {
    return kind === 'chat' ? 'end-chat-ended' : 'end-hung-up';
  }
  if (direction === 'incoming' && reason === 'declined') return 'end-you-declined';
  if (direction === 'incoming' && reason === 'no-answer') return 'end-missed';
  return `end-${reason}`;
}

declare global {
  interface HTMLElementTagNameMap {
    'rtc-call-status': RtcCallStatus;
  }
}
