import { html } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { PageSession } from '../../context/page-session.js';
import { SessionElement } from '../../context/session-element.js';
import { controlStyles } from '../../internal/controls.styles.js';
import type { CallKind } from '../../protocol/messages.js';
import { styles } from './roster.styles.js';

/**
 * Who else is online, as it changes, each with a button to call them.
 *
 * @summary The people who are online.
 * @tag rtc-roster
 * @csspart list - The list.
 * @csspart person - One person.
 */
export class RtcRoster extends SessionElement {
  static override styles = [SessionElement.styles, controlStyles, styles];

  static override properties = { ...SessionElement.properties, kind: {} };

  /** What kind of call the buttons make: `video`, `voice` or `chat`. */
  kind: CallKind = 'video';

  protected override slice({ roster, signaling, mediaCall }: PageSession) {
    return [roster.state, signaling.state, mediaCall?.ended];
  }

  protected override joined(session: PageSession): () => void {
    return session.roster.watch();
  }

  protected override render() {
    const online = [...(this.session?.roster.state.online.values() ?? [])].sort();
    const talking = this.kind !== 'chat' && this.session?.mediaCall?.ended === false;
    const signedIn = this.session?.signaling.state.status === 'signed-in';
    return html`
      <p class="muted" ?hidden=${online.length > 0}>
        ${this.t(signedIn ? 'nobody-online' : 'sign-in-first')}
      </p>
      <ul part="list" aria-label=${this.t('online')} ?hidden=${!online.length}>
        ${
          // By name: the focus stays with a person as others come and go.
          repeat(
            online,
            (name) => name,
            (name) => this.#person(name, talking),
          )
        }
      </ul>
    `;
  }

  #person(name: string, talking: boolean) {
    return html`
      <li class="row" part="person">
        <bdi>${name}</bdi>
        <button
          aria-label=${`${this.t('call')} ${name}`}
          ?disabled=${talking}
          @click=${() => this.#call(name)}
        >
          ${this.t('call')}
        </button>
      </li>
    `;
  }

  #call(name: string): void {
    if (this.kind === 'chat') this.session?.startChat(name);
    else this.session?.call(name, this.kind);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'rtc-roster': RtcRoster;
  }
}
