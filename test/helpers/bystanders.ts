import { once } from 'node:events';
import { WebSocket } from 'ws';
import { Delivery } from '../../src/core/signaling/delivery.js';
import { Signaling } from '../../src/core/signaling/signaling.js';
import { defaultSettings } from '../../src/core/settings.js';
import type { Announcement, ServerMessage } from '../../src/protocol/messages.js';
import { nameKey } from '../../src/protocol/name-key.js';
import { until } from './e2e/until.js';
import type { Json } from './hub-client.js';
import type { Live } from './mutate.js';

const call = 'call-of-the-bystanders';

/** Sees what reaches somebody, by the name's key. */
type Check = (receiver: string, message: Json) => void;

/**
 * Two pairs who talk while others do what they like: two kit clients in a call, and two basic clients.
 * Their messages are numbered, and have to arrive once and in order. Needs `pretendPage()`.
 */
export class Bystanders {
  /** The problems found. */
  readonly problems: string[] = [];
  /** Looks at everything that they receive. */
  check: Check = () => {};
  readonly #kit: KitEnd[];
  readonly #course: BasicEnd[];
  /** The number of messages that each of them has sent so far. */
  #said = 0;

  private constructor(urls: string[]) {
    const at = (index: number) => urls[index % urls.length]!;
    this.#kit = [new KitEnd(this, 'alice', 'bob', at(0)), new KitEnd(this, 'bob', 'alice', at(1))];
    this.#course = [
      new BasicEnd(this, 'carol', 'dave', at(0)),
      new BasicEnd(this, 'dave', 'carol', at(1)),
    ];
  }

  /** @param urls of the servers: one of each pair is at the first, the other at the next */
  static async start(urls: string[]): Promise<Bystanders> {
    const bystanders = new Bystanders(urls);
    for (const end of bystanders.#ends) await end.enter();
    bystanders.#kit[0]!.ring();
    await until('the call is accepted', () => bystanders.#kit.every(({ accepted }) => accepted));
    bystanders.say();
    await bystanders.heardAll();
    return bystanders;
  }

  /** The facts that an attacker may know of them. */
  get live(): Live {
    return {
      names: this.#ends.map(({ name }) => name),
      calls: [call],
      links: this.#kit.map(({ link }) => link),
    };
  }

  /** Each of them says the next thing. */
  say(): void {
    for (const end of this.#ends) end.say(this.#said);
    this.#said++;
  }

  /** Settles when everything has arrived that was said. */
  async heardAll(): Promise<void> {
    await until('all that bystanders say arrives', () =>
      this.problems.length ? true : this.#ends.every(({ read }) => read === this.#said),
    );
  }

  async stop(): Promise<void> {
    await Promise.all(this.#ends.map((end) => end.leave()));
  }

  get #ends(): (KitEnd | BasicEnd)[] {
    return [...this.#kit, ...this.#course];
  }
}

/** An end: sends messages, and keeps those it has read. */
abstract class End {
  readonly name: string;
  readonly other: string;
  /** How much of what the other says has arrived. */
  read = 0;
  readonly #all: Bystanders;

  constructor(all: Bystanders, name: string, other: string) {
    this.#all = all;
    this.name = name;
    this.other = other;
  }

  abstract say(number: number): void;

  protected words(number: number): string {
    return `${this.name} to ${this.other}: ${number}`;
  }

  protected problem(words: string): void {
    if (this.#all.problems.length < 20) this.#all.problems.push(`${this.name}: ${words}`);
  }

  /** @returns whether it is of the other end, and not of somebody else */
  protected isOfOther(message: Json): boolean {
    this.#all.check(this.name, message);
    return typeof message.name === 'string' && nameKey(message.name) === this.other;
  }

  protected hearWords(words: unknown): void {
    const expected = `${this.other} to ${this.name}: ${this.read++}`;
    if (words !== expected) this.problem(`${String(words)} in place of ${expected}`);
  }
}

/** As a kit page is signed in. */
class KitEnd extends End {
  accepted = false;
  /** The id by which what the other sends is acknowledged. */
  link = '';
  readonly #signaling: Signaling;

  constructor(all: Bystanders, name: string, other: string, url: string) {
    super(all, name, other);
    this.#signaling = new Signaling(url.replace(/^http/, 'ws'), defaultSettings);
    this.#signaling.deliver((host) => new Delivery(defaultSettings, host), {
      announcements: () => (this.accepted ? [this.#announcement] : []),
      lost: ({ type }) => this.problem(`lost ${type}`),
    });
    this.#signaling.addEventListener('message', (event) => {
      this.#hear((event as MessageEvent<ServerMessage>).data as unknown as Json);
    });
    this.#signaling.addEventListener('change', () => {
      const { status, error } = this.#signaling.state;
      if (error) this.problem(`is ${status}: ${error.code}`);
    });
  }

  enter(): Promise<void> {
    return this.#signaling.login(this.name);
  }

  ring(): void {
    this.#signaling.send({ type: 'call', name: this.other, call, kind: 'chat' });
  }

  say(number: number): void {
    const candidate = { candidate: this.words(number) };
    this.#signaling.send({ type: 'candidate', name: this.other, call, candidate });
  }

  async leave(): Promise<void> {
    this.#signaling.logout();
  }

  get #announcement(): Announcement {
    const caller = this.name === 'alice';
    return { type: 'announce', name: this.other, call, kind: 'chat', caller, accepted: true };
  }

  #hear(message: Json): void {
    const { type } = message;
    if (type === 'error' && message.call === call) this.problem(JSON.stringify(message));
    if (!this.isOfOther(message) || type === 'ringing') return;
    if (message.call !== call) return this.problem(`heard ${JSON.stringify(message)}`);
    if (typeof message.link === 'string') this.link = message.link;
    if (type === 'call') {
      this.accepted = true;
      this.#signaling.send({ type: 'accept', name: this.other, call });
    } else if (type === 'accept') this.accepted = true;
    else if (type === 'candidate') this.hearWords((message.candidate as Json).candidate);
    else this.problem(`heard ${JSON.stringify(message)}`);
  }
}

/** An end that signs in as a basic client. */
class BasicEnd extends End {
  #socket!: WebSocket;
  readonly #url: string;

  constructor(all: Bystanders, name: string, other: string, url: string) {
    super(all, name, other);
    this.#url = url.replace(/^http/, 'ws');
  }

  async enter(): Promise<void> {
    this.#socket = new WebSocket(this.#url, { perMessageDeflate: false });
    await once(this.#socket, 'open');
    const answered = once(this.#socket, 'message');
    this.#socket.send(JSON.stringify({ type: 'login', name: this.name }));
    await answered;
    this.#socket.on('close', (code) => this.problem(`closed with ${code}`));
    this.#socket.on('message', (data: Buffer) => this.#hear(JSON.parse(data.toString()) as Json));
  }

  say(number: number): void {
    const candidate = { candidate: this.words(number) };
    this.#socket.send(JSON.stringify({ type: 'candidate', name: this.other, candidate }));
  }

  async leave(): Promise<void> {
    this.#socket.removeAllListeners('close');
    if (this.#socket.readyState === WebSocket.CLOSED) return;
    const closed = once(this.#socket, 'close');
    this.#socket.close(1000);
    await closed;
  }

  #hear(message: Json): void {
    if (message.type === 'error') this.problem(JSON.stringify(message));
    if (!this.isOfOther(message)) return;
    if (message.type === 'candidate') this.hearWords((message.candidate as Json).candidate);
    else this.problem(`heard ${JSON.stringify(message)}`);
  }
}
