import { html, nothing, type PropertyValues } from 'lit';
import { CallWidget } from '../../context/call-widget.js';
import type { PageSession } from '../../context/page-session.js';
import type { Call } from '../../core/call/call.js';
import type { Chat } from '../../core/chat/chat.js';
import { cardStyles } from '../../internal/card.styles.js';
import { controlStyles } from '../../internal/controls.styles.js';
import { demand } from '../../internal/on-demand.js';
import { nameKey } from '../../protocol/names.js';
import type { RtcConversation } from '../conversation/conversation.js';
import type { RtcDial } from '../dial/dial.js';
import { styles } from './text-chat.styles.js';

/**
 * Text with one person at a time. With somebody one is in a call with, it rides on that call;
 * otherwise a chat is asked for and accepted like a call.
 *
 * @summary Messages, Message, Send.
 * @tag rtc-text-chat
 * @slot heading - Replaces the heading.
 * @csspart status - How the chat stands.
 * @cssstate ringing - A chat is asked for here.
 * @cssstate in-call - A chat is on, or being asked for.
 */
export class RtcTextChat extends CallWidget {
  static override styles = [CallWidget.styles, controlStyles, cardStyles, styles];

  static override properties = { ...CallWidget.properties, chosen: { state: true } };

  protected override readonly kinds = ['chat'] as const;

  /** The person whose chat is shown, once there is one. */
  private chosen = '';

  protected override slice(session: PageSession): readonly unknown[] {
    const { chats } = session.state;
    return [...super.slice(session), ...chats.map((chat) => chat.state)];
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    const chats = this.session?.state.chats ?? [];
    // One that is open, or being written in, stays: words must not go to somebody else.
    const draft = this.renderRoot.querySelector('rtc-conversation')?.draft;
    if (this.#chat?.state.open || (this.#chat && draft)) return;
    const next = chats.findLast(({ state }) => state.open) ?? this.#chat ?? chats.at(-1);
    this.chosen = next?.name ?? '';
  }

  protected override render() {
    const { shown, ringing } = this.presented();
    const chat = this.#chat;
    if (chat) demand('rtc-conversation');
    const own = shown && !shown.ended && shown !== ringing ? shown : undefined;
    return html`
      <section class="body" aria-label=${this.t('chat')}>
        <h2><slot name="heading">${this.t('chat')}</slot></h2>
        ${this.#whom(chat, own)} ${this.bell(ringing)}
        ${
          chat
            ? html`<rtc-conversation .chat=${chat} .provider=${this.provider}></rtc-conversation>`
            : nothing
        }
        ${chat?.state.open ? nothing : this.callStatus(shown)}
      </section>
    `;
  }

  protected override focusTarget() {
    return this.renderRoot.querySelector<RtcConversation | RtcDial>('rtc-conversation, rtc-dial');
  }

  get #chat(): Chat | undefined {
    const key = nameKey(this.chosen);
    return this.session?.state.chats.find(({ name }) => nameKey(name) === key);
  }

  /** Whom one talks to, or the field to ask somebody. */
  #whom(chat: Chat | undefined, own: Call | undefined) {
    const others = this.session?.state.chats ?? [];
    const hangUp = () => own!.hangUp();
    return html`
      ${
        chat?.state.open || own
          ? html`<div class="row whom">
              <bdi>${own?.name ?? chat!.name}</bdi>
              ${own ? html`<button @click=${hangUp}>${this.t('hang-up')}</button>` : nothing}
            </div>`
          : this.dial()
      }
      ${
        others.length > 1
          ? html`<label>
              ${this.t('conversation')}
              <select @change=${this.#onChoose}>
                ${others.map(
                  ({ name }) => html`<option ?selected=${name === this.chosen}>${name}</option>`,
                )}
              </select>
            </label>`
          : nothing
      }
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
