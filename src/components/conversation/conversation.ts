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

/** How far from its end, in pixels, a log counts as read to the end. */
const NEAR = 24;

/**
 * The messages with one person, and the field to write the next.
 *
 * @summary Messages, Message, Send.
 * @tag rtc-conversation
 * @csspart log - The messages.
 * @csspart message - One message.
 * @csspart composer - The form to write in.
 * @csspart error - Why a message cannot be sent.
 */
export class RtcConversation extends SessionElement {
  static override styles = [SessionElement.styles, controlStyles, styles];

  static override properties = {
    ...SessionElement.properties,
    peer: {},
    chat: { attribute: false },
    tooLong: { state: true },
  };

  /** The person whose messages are shown; left out, the last person there was text with. */
  peer = '';

  /** The chat, from the widget around. */
  chat: Chat | undefined = undefined;

  /** The text in the field is too long to be sent, and has been tried. */
  private tooLong = false;

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
    // The newest message is followed by those who have not gone back to read older ones.
    this.#follows = chat !== this.#shown || this.#isAtEnd;
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
    // By its id: a message that is confirmed is the same message.
    if (last?.id !== this.#last && !this.#scrolls && (this.#follows || last?.mine)) {
      this.#scrolls = true;
      requestAnimationFrame(this.#scroll);
    }
    this.#last = last?.id;
  }

  #shown: Chat | undefined;
  /** The id of the newest message. */
  #last: number | undefined;
  #follows = true;
  /** The next frame scrolls to the end: once, however many messages it shows. */
  #scrolls = false;

  #scroll = (): void => {
    this.#scrolls = false;
    const messages = this.#messages;
    if (messages) messages.scrollTop = messages.scrollHeight;
  };

  get #messages(): HTMLElement | null {
    return this.renderRoot.querySelector('[role="log"]');
  }

  /** Whether the newest message can be seen, or is about to be. */
  get #isAtEnd(): boolean {
    const messages = this.#messages;
    if (!messages || this.#scrolls) return true;
    const { scrollHeight, scrollTop, clientHeight } = messages;
    return scrollHeight - scrollTop - clientHeight < NEAR;
  }

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
          <textarea
            rows="1"
            aria-invalid=${this.tooLong ? 'true' : 'false'}
            aria-describedby="problem"
            @keydown=${this.#onKeydown}
            @input=${() => (this.tooLong = false)}
          ></textarea>
        </label>
        <button class="primary">${this.t('send')}</button>
        <p id="problem" class="error" part="error" role="alert" ?hidden=${!this.tooLong}>
          ${this.tooLong ? this.words('message-too-long') : nothing}
        </p>
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
    this.tooLong = field.value.length > MAX_TEXT_LENGTH;
    if (!this.tooLong && isVisible(field.value)) {
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
