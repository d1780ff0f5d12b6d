import { html, nothing } from 'lit';
import type { PageSession } from '../../context/page-session.js';
import { SessionElement } from '../../context/session-element.js';
import type { Call } from '../../core/call/call.js';
import '../../localize/call-words.js';
import { styles } from './call-meter.styles.js';
import { MeterController } from './meter-controller.js';

/**
 * How loud the other person is right now, and how long the call has lasted.
 *
 * @summary Loudness and duration of a call.
 * @tag rtc-call-meter
 * @csspart level - The bar that follows the loudness.
 * @csspart duration - Minutes and seconds since the call was connected.
 */
export class RtcCallMeter extends SessionElement {
  static override styles = [SessionElement.styles, styles];

  static override properties = { ...SessionElement.properties, call: { attribute: false } };

  /** The call, from the widget around; left out, the one with sound or picture. */
  call: Call | undefined = undefined;

  readonly #meter = new MeterController(this, () => this.#connected);

  protected override slice(session: PageSession) {
    return [(this.call ?? session.mediaCall)?.state];
  }

  protected override render() {
    if (!this.#connected) return nothing;
    const { level, seconds } = this.#meter;
    const two = (value: number) => String(Math.floor(value)).padStart(2, '0');
    return html`
      <span
        class="level"
        part="level"
        role="meter"
        aria-label=${this.t('level')}
        aria-valuenow=${Math.round(level * 100)}
        aria-valuemin="0"
        aria-valuemax="100"
      ></span>
      <span role="timer" part="duration" aria-label=${this.t('duration')}>
        ${two(seconds / 60)}:${two(seconds % 60)}
      </span>
    `;
  }

  get #connected(): Call | undefined {
    const call = this.call ?? this.session?.mediaCall;
    return call && !call.ended && call.state.since ? call : undefined;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'rtc-call-meter': RtcCallMeter;
  }
}
