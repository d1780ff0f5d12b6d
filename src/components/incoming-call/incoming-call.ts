import { html, nothing, type PropertyValues } from 'lit';
import { acceptUnasked, acceptance } from '../../context/auto-accept.js';
import { isIncoming } from '../../context/call-widget.js';
import type { PageSession } from '../../context/page-session.js';
import { SessionElement } from '../../context/session-element.js';
import type { Call } from '../../core/call/call.js';
import { controlStyles } from '../../internal/controls.styles.js';
import type { StringKey } from '../../localize/strings.js';
import '../../localize/call-words.js';
import type { CallKind } from '../../protocol/messages.js';
import { styles } from './incoming-call.styles.js';
import { mayPlay, startRingtone } from './ringtone.js';

/**
 * Rings: who calls, for what, Accept and Decline. On its own in a page it rings every call of
 * its kinds; inside a widget, the widget's.
 *
 * @summary Who calls, Accept, Decline, and a ringtone.
 * @tag rtc-incoming-call
 * @csspart ring - The whole notice, while it rings.
 * @csspart accept - The Accept button.
 * @csspart decline - The Decline button.
 */
export class RtcIncomingCall extends SessionElement {
  static override styles = [SessionElement.styles, controlStyles, styles];

  static override properties = {
    ...SessionElement.properties,
    kinds: {},
    autoAccept: { attribute: 'auto-accept' },
    silent: { type: Boolean },
    call: { attribute: false },
  };

  /** The kinds of call that are rung: of `video`, `voice` and `chat`, with spaces between. */
  kinds = 'video voice';

  /**
   * Accepts calls without asking, and so may send a stranger picture and sound. With names, it accepts
   * those of these people only (`desk support`; `Front Desk, Bob` where names hold spaces). Without,
   * it accepts everybody's, with camera and microphone off until something has been pressed in the
   * page. With `*`, it accepts everybody's, with camera and microphone on.
   */
  autoAccept: string | null = null;

  /** Rings without a sound. */
  silent = false;

  /** The call that rings, from the widget around; left out, the tag finds its own. */
  call: Call | null | undefined = undefined;

  #stopRingtone: (() => void) | undefined;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#quiet();
  }

  protected override slice(session: PageSession) {
    return [this.#ringing(session)?.state];
  }

  protected override joined(session: PageSession): (() => void) | void {
    if (this.call !== undefined) return;
    const kinds = this.kinds.split(' ') as CallKind[];
    return session.presenters.add({ element: this, kinds, role: 'ringer' });
  }

  protected override render() {
    const call = this.#rung();
    // The live region is there before it has something to say.
    return html`
      <div role="alert">
        ${
          call
            ? html`<p class="who">
                ${this.t((call.rejoin ? 'rejoin-call' : `incoming-${call.kind}`) as StringKey, { name: call.name })}
              </p>`
            : nothing
        }
      </div>
      ${call ? this.#choice(call) : nothing}
    `;
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    const call = this.#ringing();
    if (call) acceptUnasked(call, this.autoAccept);
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    const call = this.#rung();
    if (!call) this.#quiet();
    else if (!this.silent && !call.rejoin && mayPlay()) this.#stopRingtone ??= startRingtone();
    this.toggleAttribute('ringing', !!call);
  }

  #choice(call: Call) {
    return html`
      <div class="row" part="ring">
        <button class="good" part="accept" @click=${() => void call.accept()}>
          ${this.t(call.rejoin ? 'rejoin' : 'accept')}
        </button>
        <button class="bad" part="decline" @click=${() => call.decline()}>
          ${this.t(call.rejoin ? 'hang-up' : 'decline')}
        </button>
        ${
          this.silent || mayPlay()
            ? nothing
            : html`<button @click=${() => this.requestUpdate()}>${this.t('turn-on-sound')}</button>`
        }
      </div>
    `;
  }

  #ringing(session = this.session): Call | undefined {
    if (this.call !== undefined) return this.call && isIncoming(this.call) ? this.call : undefined;
    return session?.state.calls.findLast(
      (call) => isIncoming(call) && session.presenters.ringerOf(call) === this,
    );
  }

  /** The call that a person is asked about: none that is accepted unasked. */
  #rung(): Call | undefined {
    const call = this.#ringing();
    return call && acceptance(this.autoAccept, call.name) === 'ask' ? call : undefined;
  }

  #quiet(): void {
    this.#stopRingtone?.();
    this.#stopRingtone = undefined;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'rtc-incoming-call': RtcIncomingCall;
  }
}
