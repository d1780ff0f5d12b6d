import { RtcError } from '../errors.js';
import { Store } from '../store.js';

/** Longest text of one message, in UTF-16 units; four times that in bytes every browser carries. */
export const MAX_TEXT_LENGTH = 16_000;

export interface ChatMessage {
  /** Unique within the page. */
  readonly id: number;
  /** Who wrote it, as shown. */
  readonly from: string;
  readonly mine: boolean;
  readonly text: string;
  /** When it was written here or arrived here, in milliseconds since 1970. */
  readonly at: number;
  /** `sent` once the other side has it; `failed` when it could not be delivered. */
  readonly delivery: 'sending' | 'sent' | 'failed';
}

export interface ChatState {
  /** Whether text can travel right now. */
  open: boolean;
  messages: readonly ChatMessage[];
}

/** What a chat needs of the session it belongs to. */
export interface ChatLine {
  /** One's own name. */
  name(): string;
  arrived(message: ChatMessage): void;
}

/** The connection that brings a channel, and how it confirms what came over it. */
export interface Receipts {
  /** False where the other side confirms nothing (a client of the course). */
  expected(): boolean;
  /** Tells the other side how many messages have arrived on this channel. */
  give(count: number): void;
}

let nextId = 1;

/**
 * Text between this person and one other, over whichever connection they have, for as long as
 * the page lives. A message that has not arrived stays and says so.
 */
export class Chat extends Store<ChatState> {
  /** The other person, as shown. */
  readonly name: string;
  readonly #line: ChatLine;
  #channel: RTCDataChannel | undefined;
  #receipts: Receipts | undefined;
  /** Ids of what was sent on this channel and not yet confirmed, oldest first. */
  #unconfirmed: number[] = [];
  #confirmed = 0;

  constructor(name: string, line: ChatLine) {
    super({ open: false, messages: [] });
    this.name = name;
    this.#line = line;
  }

  /**
   * Sends a message, or keeps it as `failed` while there is no connection.
   * @throws {RtcError} `message-too-long`
   */
  send(text: string): void {
    if (text.length > MAX_TEXT_LENGTH) throw new RtcError('message-too-long');
    const from = this.#line.name();
    const id = nextId++;
    this.#add({ id, from, mine: true, text, at: Date.now(), delivery: 'sending' });
    this.#transmit(id, text);
  }

  /** Tries once more to send a message that failed. */
  retry(id: number): void {
    const message = this.state.messages.find((each) => each.id === id);
    if (message?.delivery !== 'failed') return;
    this.#mark([id], 'sending');
    this.#transmit(id, message.text);
  }

  /**
   * Uses this open channel from now on. A client of the course may bring a second one.
   * @param early what has come over it already
   */
  attach(channel: RTCDataChannel, receipts: Receipts, early: MessageEvent[] = []): void {
    let received = 0;
    this.#detach();
    this.#channel = channel;
    this.#receipts = receipts;
    this.update({ open: true });
    channel.onmessage = ({ data }: MessageEvent) => {
      receipts.give(++received);
      this.#arrived(data);
    };
    for (const event of early) channel.onmessage(event);
    channel.onclose = () => {
      if (this.#channel === channel) this.#detach();
    };
  }

  /** The connection with these receipts is closed: its channels do not say so themselves. */
  detach(receipts: Receipts): void {
    if (this.#receipts === receipts) this.#detach();
  }

  /** The other side has this many of the messages of this connection. */
  confirm(count: number): void {
    const news = Math.min(count - this.#confirmed, this.#unconfirmed.length);
    if (news <= 0) return;
    this.#confirmed += news;
    this.#mark(this.#unconfirmed.splice(0, news), 'sent');
  }

  #transmit(id: number, text: string): void {
    try {
      if (!this.#channel) throw new RtcError('not-online');
      this.#channel.send(text);
      if (this.#receipts!.expected()) this.#unconfirmed.push(id);
      else this.#mark([id], 'sent');
    } catch {
      // Said where the message stands, which also offers to send it again.
      this.#mark([id], 'failed');
    }
  }

  #arrived(text: unknown): void {
    if (typeof text !== 'string' || text.length > MAX_TEXT_LENGTH) return;
    const { name: from } = this;
    const at = Date.now();
    const message = { id: nextId++, from, mine: false, text, at, delivery: 'sent' } as const;
    this.#add(message);
    this.#line.arrived(message);
  }

  #detach(): void {
    this.#channel = this.#receipts = undefined;
    this.#confirmed = 0;
    this.#mark(this.#unconfirmed.splice(0), 'failed');
    this.update({ open: false });
  }

  #add(message: ChatMessage): void {
    this.update({ messages: [...this.state.messages, message] });
  }

  #mark(ids: number[], delivery: ChatMessage['delivery']): void {
    if (!ids.length) return;
    this.update({
      messages: this.state.messages.map((message) =>
        ids.includes(message.id) ? { ...message, delivery } : message,
      ),
    });
  }
}
