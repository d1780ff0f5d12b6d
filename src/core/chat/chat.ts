import type { Clock } from '../../time/clock.js';
import { isVisible } from '../../protocol/visible.js';
import { requireString } from '../arguments.js';
import { RtcError } from '../errors.js';
import { Store } from '../store.js';
import type { PeerTransport } from '../transport/peer-transport.js';
import type { ControlEvent } from '../transport/transport-events.js';
import { Arrivals } from './arrivals.js';

/** Longest text of one message, in UTF-16 units; four times that in bytes every browser carries. */
export const MAX_TEXT_LENGTH = 16_000;

export interface ChatMessage {
  /** Unique within the page. */
  readonly id: number;
  /** The author's name, as shown. */
  readonly from: string;
  readonly mine: boolean;
  readonly text: string;
  /** When it was written here or arrived here, in milliseconds since 1970. */
  readonly at: number;
  /** `sent` once the partner has it; `failed` when it could not be delivered. */
  readonly delivery: 'sending' | 'sent' | 'failed';
}

export interface ChatState {
  /** Whether text can travel right now. */
  open: boolean;
  messages: readonly ChatMessage[];
}

/** The interface through which a chat uses the session that owns it. */
export interface ChatHost {
  readonly clock: Clock;
  /** This person's name. */
  name(): string;
  arrived(message: ChatMessage): void;
}

/** The part that a chat uses of the transport that brings its channel. */
export type ChatTransport = Pick<
  PeerTransport,
  'state' | 'say' | 'flood' | 'addEventListener' | 'removeEventListener'
>;

/** A source of messages: a channel of a transport. */
interface Source {
  readonly transport: ChatTransport;
  /** How many of its messages have been read. */
  count: number;
  flooded: boolean;
}

/** A message that has arrived; without a text when it shows nothing. */
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
  readonly #host: ChatHost;
  #channel: RTCDataChannel | undefined;
  #transport: ChatTransport | undefined;
  /** Ids of what was sent on this channel and not yet confirmed, oldest first. */
  #unconfirmed: number[] = [];
  #confirmed = 0;
  readonly #arrivals: Arrivals<Arrival>;

  /** @internal */
  constructor(name: string, host: ChatHost) {
    super({ open: false, messages: [] });
    this.name = name;
    this.#host = host;
    this.#arrivals = new Arrivals(host.clock, (all) => this.#arrived(all));
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
    const from = this.#host.name();
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
   * Uses this open channel from now on, in place of the previous channel.
   * @param transport whose channel it is: it brings the receipts
   * @internal
   */
  attach(channel: RTCDataChannel, transport: ChatTransport): void {
    const source: Source = { transport, count: 0, flooded: false };
    this.#detach();
    this.#channel = channel;
    this.#transport = transport;
    transport.addEventListener('control', this.#onControl);
    transport.addEventListener('change', this.#onTransport);
    this.update({ open: true });
    channel.onmessage = ({ data }: MessageEvent) => this.#receive(source, data);
    channel.onclose = () => {
      if (this.#channel === channel) this.#detach();
    };
  }

  /**
   * Ends it for good: what has arrived and is not shown yet is not shown any more.
   * @internal
   */
  close(): void {
    this.#arrivals.clear();
    this.#detach();
  }

  #transmit(id: number, text: string): void {
    try {
      if (!this.#channel) throw new RtcError('not-online');
      this.#channel.send(text);
      // A basic client confirms nothing.
      if (this.#transport!.state.basic) this.#mark([id], 'sent');
      else this.#unconfirmed.push(id);
    } catch {
      // Said where the message stands, which also offers to send it again.
      this.#mark([id], 'failed');
    }
  }

  #receive(source: Source, data: unknown): void {
    if (source.flooded) return;
    const fits = typeof data === 'string' && data.length <= MAX_TEXT_LENGTH;
    const text = fits && isVisible(data) ? data : undefined;
    // A message too long to show is not kept, but counts as much as the longest one shown.
    if (this.#arrivals.put({ source, text }, fits ? data.length : MAX_TEXT_LENGTH)) return;
    source.flooded = true;
    this.#arrivals.clear();
    source.transport.flood();
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
    for (const { transport, count } of sources) transport.say({ type: 'received', count });
    if (messages.length) this.update({ messages: [...this.state.messages, ...messages] });
    for (const message of messages) this.#host.arrived(message);
  }

  #onControl = ({ message }: ControlEvent): void => {
    if (message.type === 'received') this.#confirm(message.count);
  };

  #onTransport = (): void => {
    // A channel of a connection that is closed on this side does not say so itself.
    if (this.#transport?.state.connection === 'closed') this.#detach();
  };

  /** The partner has this many of the messages of this channel. */
  #confirm(count: number): void {
    const news = Math.min(count - this.#confirmed, this.#unconfirmed.length);
    if (news <= 0) return;
    this.#confirmed += news;
    this.#mark(this.#unconfirmed.splice(0, news), 'sent');
  }

  #detach(): void {
    this.#transport?.removeEventListener('control', this.#onControl);
    this.#transport?.removeEventListener('change', this.#onTransport);
    this.#channel = this.#transport = undefined;
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
