import { html, nothing, type PropertyValues } from 'lit';
import { guard } from 'lit/directives/guard.js';
import type { PageSession } from '../../context/page-session.js';
import { SessionElement } from '../../context/session-element.js';
import { MAX_TEXT_LENGTH, type Chat, type ChatMessage } from '../../core/chat/chat.js';
import { controlStyles } from '../../internal/controls.styles.js';
import { conversation } from '../../localize/en-conversation.js';
import { addEnglish } from '../../localize/localize.js';
import { nameKey } from '../../protocol/name-key.js';
import { isVisible } from '../../protocol/visible.js';
import { styles } from './conversation.styles.js';

addEnglish(conversation);

/**
 * The messages with one person, and the field to write the next.
 *
 * @summary Messages, Message, Send.
 * @tag rtc-conversation
 * @csspart log - The messages.
 * @csspart message - One message.
 * @csspart composer - The form to write in.
 */
export class RtcConversation extends SessionElement {
  static override styles = [SessionElement.styles, controlStyles, styles];

  static override properties = {
    ...SessionElement.properties,
    peer: {},
    chat: { attribute: false },
  };

  /** The person whose messages are shown; left out, the last person there was text with. */
  peer = '';

  /** The chat, from the widget around. */
  chat: Chat | undefined = undefined;

  /** Text that is written and not yet sent. */
  get draft(): string {
    return this.#field?.value ?? '';
  }

  /** Puts the focus on the message field. */
  override focus(options?: FocusOptions): void {
    this.#field?.focus(options);
  }

  protected override slice(session: PageSession) {
    return [session.state.callPart, this.#find(session)?.state];
  }

  protected override render() {
    const chat = this.#shown;
    return chat ? html`${this.#log(chat)} ${this.#composer(chat)}` : nothing;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    const chat = this.#find();
    if (!chat && this.peer) this.#begin();
    // A draft for one person must not go to another.
    if (this.#field && chat !== this.#shown) this.#field.value = '';
    this.#shown = chat;
  }

  /** Begins a chat with somebody there was no text with yet, which brings another update. */
  #begin(): void {
    if (this.session?.state.callPart === 'there') this.session.chat(this.peer);
    else void this.session?.prepare();
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    const last = this.#shown?.state.messages.at(-1);
    if (last !== this.#last && !this.#scrolls) {
      this.#scrolls = true;
      requestAnimationFrame(this.#scroll);
    }
    this.#last = last;
  }

  #shown: Chat | undefined;
  #last: ChatMessage | undefined;
  /** The next frame scrolls to the end: once, however many messages it shows. */
  #scrolls = false;

  #scroll = (): void => {
    this.#scrolls = false;
    const log = this.renderRoot.querySelector('[role="log"]');
    if (log) log.scrollTop = log.scrollHeight;
  };

  get #field(): HTMLTextAreaElement | null {
    return this.renderRoot.querySelector('textarea');
  }

  #find(session = this.session): Chat | undefined {
    if (this.chat) return this.chat;
    const chats = session?.state.chats;
    if (this.peer) return chats?.find(({ name }) => nameKey(name) === nameKey(this.peer));
    // A chat with an unsent draft stays.
    return chats?.find((chat) => this.draft && chat === this.#shown) ?? chats?.at(-1);
  }

  #log(chat: Chat) {
    return html`
      <div role="log" part="log" aria-label=${this.t('messages')} tabindex="0">
        ${chat.state.messages.map((message) =>
          // Among thousands of messages, only those that changed are rendered again.
          guard([message, chat.state.open, this.t('retry')], () => this.#message(chat, message)),
        )}
      </div>
    `;
  }

  #message(chat: Chat, { id, from, mine, text, delivery }: ChatMessage) {
    return html`
      <div class="message ${mine ? 'mine' : ''}" part="message">
        <p class="text"><bdi class="from">${from}</bdi>: <span dir="auto">${text}</span></p>
        ${
          delivery === 'failed'
            ? html`<p class="failed error">
                ${this.t('not-sent')}
                <button ?disabled=${!chat.state.open} @click=${() => chat.retry(id)}>
                  ${this.t('retry')}
                </button>
              </p>`
            : nothing
        }
      </div>
    `;
  }

  #composer(chat: Chat) {
    return html`
      <form part="composer" novalidate @submit=${(event: Event) => this.#onSubmit(event, chat)}>
        <label>
          ${this.t('message')}
          <textarea rows="1" maxlength=${MAX_TEXT_LENGTH} @keydown=${this.#onKeydown}></textarea>
        </label>
        <button class="primary">${this.t('send')}</button>
      </form>
    `;
  }

  #onKeydown(event: KeyboardEvent): void {
    // While a word is being composed, Enter belongs to the input method. Safari says by 229 alone
    // that it has ended the composition.
    const composing = event.isComposing || event.keyCode === 229;
    if (event.key !== 'Enter' || event.shiftKey || composing) return;
    event.preventDefault();
    (event.target as HTMLTextAreaElement).form!.requestSubmit();
  }

  #onSubmit(event: Event, chat: Chat): void {
    event.preventDefault();
    const field = this.#field!;
    if (isVisible(field.value)) {
      chat.send(field.value);
      field.value = '';
    }
    field.focus();
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'rtc-conversation': RtcConversation;
  }
}
