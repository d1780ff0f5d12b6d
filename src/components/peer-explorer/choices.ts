import { html, type ReactiveControllerHost } from 'lit';
import type { Say } from '../../explorers/explorer-words.js';
import type { CallKind } from '../../protocol/messages.js';

/** The choice of what the connection carries: a data channel, sound, a picture. */
export class Choices {
  channel = true;
  sound = false;
  picture = false;

  readonly #host: ReactiveControllerHost;
  readonly #say: Say;

  constructor(host: ReactiveControllerHost, say: Say) {
    this.#host = host;
    this.#say = say;
  }

  /** The kind of call that carries what is chosen. */
  get kind(): CallKind {
    if (this.picture) return 'video';
    return this.sound ? 'voice' : 'chat';
  }

  /** @param inCall a call always has a data channel, and sound where it has a picture */
  render(disabled: boolean, inCall: boolean) {
    const choice = (name: 'channel' | 'sound' | 'picture', always = false) => html`
      <label class="check">
        <input
          type="checkbox"
          .checked=${this[name] || always}
          ?disabled=${disabled || always}
          @change=${(event: Event) => {
            this[name] = (event.target as HTMLInputElement).checked;
            this.#host.requestUpdate();
          }}
        />
        ${this.#say(name === 'channel' ? 'data-channel' : name)}
      </label>
    `;
    return html`
      <fieldset>
        <legend>${this.#say('to-connect')}</legend>
        <div class="choices">
          ${choice('channel', inCall)} ${choice('sound', inCall && this.picture)}
          ${choice('picture')}
        </div>
      </fieldset>
    `;
  }
}
