import { html, nothing, type PropertyValues } from 'lit';
import { CallWidget, isLive } from '../../context/call-widget.js';
import type { PageSession } from '../../context/page-session.js';
import type { Call } from '../../core/call/call.js';
import type { Chat } from '../../core/chat/chat.js';
import { cardStyles } from '../../internal/card.styles.js';
import { controlStyles } from '../../internal/controls.styles.js';
import { demand } from '../../internal/on-demand.js';
import { nameKey } from '../../protocol/name-key.js';
import { styles } from './text-chat.styles.js';

/**
 * Text with one person at a time. During a call with that person, the messages travel on the call's
 * connection; otherwise a chat is asked for and accepted like a call.
 *
 * @summary Messages, Message, Send.
 * @tag rtc-text-chat
 * @attr peer - Chats with this person only: their name takes the place of the field.
 * @attr silent - Announces a chat without a sound.
 * @attr auto-accept - Accepts chats without asking: those of the people named (`desk support`; `Front Desk, Bob` where names hold spaces), or everybody's where it names nobody.
 * @slot heading - Replaces the heading.
 * @csspart log - The messages.
 * @csspart message - One message.
 * @csspart composer - The form to write in.
 * @csspart dial-form - The form that asks for a chat.
 * @csspart dial-button - The Call button.
 * @csspart dial-error - What is wrong with the name.
 * @csspart status - How the chat stands.
 * @csspart ring - The notice that somebody asks for a chat.
 * @cssstate ringing - A chat is asked for here.
 * @cssstate in-call - A chat is on, or rings at the partner.
 */
export class RtcTextChat extends CallWidget {
  static override styles = [CallWidget.styles, controlStyles, cardStyles, styles];

  static override properties = { ...CallWidget.properties, chosen: { state: true } };

  protected override readonly kinds = ['chat'] as const;

  /** The name of the person whose chat is shown. */
  private chosen = '';

  /** The chats that were open when it last rendered. */
  #open: readonly Chat[] = [];

  protected override slice(session: PageSession): readonly unknown[] {
    const { chats } = session.state;
    return [...super.slice(session), ...chats.map((chat) => chat.state)];
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    const chats = this.session?.state.chats ?? [];
    const open = chats.filter(({ state }) => state.open);
    const opened = open.find((chat) => !this.#open.includes(chat));
    this.#open = open;
    // A chat that is open or holds a draft stays: a draft must not go to somebody else.
    const draft = this.renderRoot.querySelector('rtc-conversation')?.draft;
    if (this.#chat && (!opened || this.#chat.state.open || draft)) return;
    this.chosen = (opened ?? chats.at(-1))?.name ?? '';
  }

  protected override render() {
    const { shown, ringing } = this.presented();
    const chat = this.#chat;
    if (chat) demand('rtc-conversation');
    return html`
      <section class="body column" aria-label=${this.t('chat')}>
        <h2><slot name="heading">${this.t('chat')}</slot></h2>
        ${this.#whom(chat, shown)} ${this.bell(ringing)}
        ${
          chat
            ? html`<rtc-conversation
                class="column"
                exportparts="log, message, composer"
                .chat=${chat}
                .provider=${this.provider}
              ></rtc-conversation>`
            : nothing
        }
        ${this.callStatus(chat?.state.open && shown?.ended ? undefined : shown)}
      </section>
    `;
  }

  /** The field for a message while the chat is open, otherwise the button that ends or begins one. */
  protected override async focusTarget() {
    const writing = this.#chat?.state.open;
    if (writing) await customElements.whenDefined('rtc-conversation');
    return this.renderRoot.querySelector<HTMLElement>(
      writing ? 'rtc-conversation' : '.whom button, rtc-dial',
    );
  }

  get #chat(): Chat | undefined {
    return this.#of(this.session?.state.chats, this.chosen);
  }

  #of<T extends { name: string }>(all: readonly T[] | undefined, name: string): T | undefined {
    const key = nameKey(name);
    return all?.findLast((each) => nameKey(each.name) === key);
  }

  /** The person of the open chat, the person who is being asked, or the field to ask somebody. */
  #whom(chat: Chat | undefined, shown: Call | undefined) {
    const { calls = [], chats = [] } = this.session?.state ?? {};
    const live = shown ? calls.filter((call) => call.kind === 'chat' && isLive(call)) : [];
    const open = chat?.state.open;
    const asked = live.find(({ name }) => !this.#of(chats, name)?.state.open);
    return html`
      ${open ? this.#person(chat.name, this.#of(live, chat.name)) : nothing}
      ${asked ? this.#person(asked.name, asked) : nothing}
      ${asked || open ? nothing : this.dial(shown)}
      ${
        chats.length > 1
          ? html`<label>
              ${this.t('conversation')}
              <select @change=${this.#onChoose}>
                ${chats.map(
                  ({ name }) => html`<option .selected=${name === this.chosen}>${name}</option>`,
                )}
              </select>
            </label>`
          : nothing
      }
    `;
  }

  #person(name: string, call: Call | undefined) {
    return html`
      <div class="row whom">
        <bdi>${name}</bdi>
        ${
          call ? html`<button @click=${() => call.hangUp()}>${this.t('hang-up')}</button>` : nothing
        }
      </div>
    `;
  }

  #onChoose(event: Event): void {
    this.chosen = (event.target as HTMLSelectElement).value;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'rtc-text-chat': RtcTextChat;
  }
}
