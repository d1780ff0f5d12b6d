import type { Order, PersonalMessage, ServerMessage } from '../../protocol/messages.js';
import { randomId } from '../../protocol/ids.js';
import { nameKey } from '../../protocol/name-key.js';
import type { SessionSettings } from '../settings.js';
import { LastRead } from './last-read.js';

type Sent = PersonalMessage & Order;
type Received = { readonly name: string } & Order;

/** A message that the other person's client has not acknowledged yet. */
interface Kept {
  readonly message: Sent & { seq: number };
  times: number;
  /** Calls off its end, which comes with the resume window. */
  readonly keep: () => void;
}

/** The interface through which a delivery uses the signaling around it. */
export interface DeliveryHost {
  /** Sends a frame, if the server is there. */
  transmit(message: object): void;
  /** A message has not arrived within the resume window, and will not. */
  lost(message: PersonalMessage): void;
  /** Whether there is a call with the person whose name has this key. */
  inCallWith(key: string): boolean;
}

/** The person an acknowledgement is due to. */
interface Due {
  readonly name: string;
  readonly link: string;
}

/** Most acknowledgements that are gathered: whoever gets none sends again, and then does. */
const MAX_DUE = 1000;

/**
 * Messages between two people, each of which arrives once and in order, whatever happens to
 * the sockets and the server between them: the sender keeps a message until the receiver has
 * acknowledged it, and sends it again; the receiver passes over what it has, and over what has a
 * message before it that is still missing.
 */
export class Delivery {
  readonly #link = randomId();
  readonly #settings: SessionSettings;
  readonly #host: DeliveryHost;
  #seq = 0;
  /** Unacknowledged messages by recipient, in order. */
  readonly #kept = new Map<string, Kept[]>();
  readonly #read: LastRead;
  /** By the key of the name, which holds no line break, and the link. */
  readonly #due = new Map<string, Due>();
  #cancelAgain: (() => void) | undefined;

  constructor(settings: SessionSettings, host: DeliveryHost) {
    this.#settings = settings;
    this.#host = host;
    this.#read = new LastRead((key) => host.inCallWith(key));
  }

  /** Sends a message, and keeps it until it has arrived. */
  send(message: PersonalMessage): void {
    const kept: Kept = {
      message: { ...message, link: this.#link, seq: ++this.#seq },
      times: 0,
      keep: this.#settings.clock.after(this.#settings.resumeWindow, () => {
        this.#drop(message.name, ({ message: { seq } }) => seq === kept.message.seq);
        this.#host.lost(message);
      }),
    };
    const key = nameKey(message.name);
    const all = this.#kept.get(key) ?? [];
    const before = all.at(-1);
    all.push(kept);
    this.#kept.set(key, all);
    this.#transmit(kept, before);
    this.#later();
  }

  /** Sends again what has not arrived: to everybody, or to one person. */
  again(name?: string): void {
    for (const [key, all] of this.#kept) {
      if (name && key !== nameKey(name)) continue;
      all.forEach((kept, index) => this.#transmit(kept, all[index - 1]));
    }
  }

  /**
   * @returns whether a message is to be read: it is not when it was before, comes too early, or has
   * numbers that the kit does not send
   */
  receive({ name, link, seq = 0, after = 0 }: Received): boolean {
    if (!link) return true;
    if (!this.#read.plausible(name, link, { seq, after })) return false;
    const last = this.#read.of(name, link);
    const next = seq > last && after <= last;
    if (next) this.#read.set(name, link, seq);
    if (next || last) this.#acknowledgeSoon({ name, link });
    return next;
  }

  /** The other side has read everything up to this number. */
  acknowledged({ name, link, seq }: Extract<ServerMessage, { type: 'ack' }>): void {
    if (link === this.#link) this.#drop(name, ({ message }) => message.seq <= seq);
  }

  /**
   * The server has refused a message.
   * @returns false where it is only too early: a mailbox is full, or the person called lost the
   * server too and is not back yet
   */
  refused({ link, seq, code }: Extract<ServerMessage, { type: 'error' }>): boolean {
    if (link !== this.#link) return true;
    for (const all of this.#kept.values()) {
      const kept = all.find(({ message }) => message.seq === seq);
      if (!kept) continue;
      const { type, name } = kept.message;
      const early = code === 'not-online' && type === 'call' && kept.times > 1;
      if (early || code === 'mailbox-full') return false;
      this.#drop(name, (each) => each === kept);
      // Later messages wait for it at the recipient.
      this.again(name);
      return true;
    }
    return false;
  }

  /** Keeps nothing any more of a call that is over, but for the message that says so. */
  forget(call: string): void {
    const ends = ['leave', 'cancel', 'decline', 'busy'];
    for (const key of this.#kept.keys()) {
      this.#drop(key, ({ message: { type, call: id } }) => id === call && !ends.includes(type));
    }
  }

  /** Forgets everything. */
  stop(): void {
    this.#cancelAgain?.();
    for (const all of this.#kept.values()) for (const { keep } of all) keep();
    this.#kept.clear();
    this.#due.clear();
  }

  #transmit(kept: Kept, before: Kept | undefined): void {
    kept.times++;
    this.#host.transmit({ ...kept.message, after: before?.message.seq ?? 0 });
  }

  #drop(name: string, which: (kept: Kept) => boolean): void {
    const key = nameKey(name);
    const rest = (this.#kept.get(key) ?? []).filter((kept) => {
      if (which(kept)) kept.keep();
      return !which(kept);
    });
    if (rest.length) this.#kept.set(key, rest);
    else this.#kept.delete(key);
  }

  /** Sends again from time to time, for as long as something is kept. */
  #later(): void {
    const { clock, resendInterval } = this.#settings;
    this.#cancelAgain ??= clock.after(resendInterval, () => {
      this.#cancelAgain = undefined;
      if (!this.#kept.size) return;
      this.again();
      this.#later();
    });
  }

  #acknowledgeSoon(due: Due): void {
    if (this.#due.size === MAX_DUE) return;
    if (!this.#due.size)
      this.#settings.clock.after(this.#settings.ackDelay, () => this.#acknowledge());
    this.#due.set(`${nameKey(due.name)}\n${due.link}`, due);
  }

  #acknowledge(): void {
    for (const { name, link } of this.#due.values()) {
      const seq = this.#read.of(name, link);
      if (seq) this.#host.transmit({ type: 'ack', name, link, seq });
    }
    this.#due.clear();
  }
}
