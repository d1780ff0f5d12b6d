import type { Clock } from '../../hub/clock.js';
import { isVisible } from '../../protocol/visible.js';
import { requireString } from '../arguments.js';
import { RtcError } from '../errors.js';
import { Store } from '../store.js';
import { Arrivals } from './arrivals.js';

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
  readonly clock: Clock;
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
  /** More comes than can be shown, and more than can wait: nothing more is read. */
  flooded(): void;
}

/** What brings messages: a channel of a connection. */
interface Source {
  readonly receipts: Receipts;
  /** How many of its messages have been read. */
  count: number;
  flooded: boolean;
}

/** A message that has arrived; without a text where there is none that can be shown. */
interface Arrival {
  readonly source: Source;
  readonly text: string | undefined;
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
  readonly #arrivals: Arrivals<Arrival>;

  /** @internal */
  constructor(name: string, line: ChatLine) {
    super({ open: false, messages: [] });
    this.name = name;
    this.#line = line;
    this.#arrivals = new Arrivals(line.clock, (all) => this.#arrived(all));
  }

  /**
   * Sends a message, or keeps it as `failed` while there is no connection. One that shows nothing
   * is none.
   * @throws {RtcError} `message-too-long`
   * @throws {TypeError} when `text` is not a string
   */
  send(text: string): void {
    requireString(text, 'text');
    if (text.length > MAX_TEXT_LENGTH) throw new RtcError('message-too-long');
    if (!isVisible(text)) return;
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
   * @internal
   * Uses this open channel from now on. A client of the course may bring a second one.
   * @param early what has come over it already
   */
  attach(channel: RTCDataChannel, receipts: Receipts, early: MessageEvent[] = []): void {
    const source: Source = { receipts, count: 0, flooded: false };
    this.#detach();
    this.#channel = channel;
    this.#receipts = receipts;
    this.update({ open: true });
    channel.onmessage = ({ data }: MessageEvent) => this.#receive(source, data);
    for (const { data } of early) this.#receive(source, data);
    channel.onclose = () => {
      if (this.#channel === channel) this.#detach();
    };
  }

  /**
   * @internal
   * The connection with these receipts is closed: its channels do not say so themselves.
   */
  detach(receipts: Receipts): void {
    if (this.#receipts === receipts) this.#detach();
  }

  /** @internal The other side has this many of the messages of this connection. */
  confirm(count: number): void {
    const news = Math.min(count - this.#confirmed, this.#unconfirmed.length);
    if (news <= 0) return;
    this.#confirmed += news;
    this.#mark(this.#unconfirmed.splice(0, news), 'sent');
  }

  /** @internal Ends it for good: what has arrived and is not shown yet is not shown any more. */
  close(): void {
    this.#arrivals.clear();
    this.#detach();
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

  #receive(source: Source, data: unknown): void {
    if (source.flooded) return;
    const fits = typeof data === 'string' && data.length <= MAX_TEXT_LENGTH;
    const text = fits && isVisible(data) ? data : undefined;
    // What cannot be shown is not kept, but counts for as much as the longest that can.
    if (this.#arrivals.put({ source, text }, fits ? data.length : MAX_TEXT_LENGTH)) return;
    source.flooded = true;
    this.#arrivals.clear();
    source.receipts.flooded();
  }

  /** Shows what has arrived, all at once, and tells of each. */
  #arrived(arrivals: Arrival[]): void {
    const { name: from } = this;
    const at = Date.now();
    const sources = new Set<Source>();
    const messages: ChatMessage[] = [];
    for (const { source, text } of arrivals) {
      source.count++;
      sources.add(source);
      if (text === undefined) continue;
      messages.push({ id: nextId++, from, mine: false, text, at, delivery: 'sent' });
    }
    for (const { receipts, count } of sources) receipts.give(count);
    if (messages.length) this.update({ messages: [...this.state.messages, ...messages] });
    for (const message of messages) this.#line.arrived(message);
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
    const marked = new Set(ids);
    this.update({
      messages: this.state.messages.map((message) =>
        marked.has(message.id) ? { ...message, delivery } : message,
      ),
    });
  }
}
