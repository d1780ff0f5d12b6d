import { once } from 'node:events';
import { WebSocket } from 'ws';
import { defaultHubSettings } from '../../src/hub/settings.js';
import { nameKey } from '../../src/protocol/name-key.js';
import type { Json } from './hub-client.js';
import { mutate, mutateMessage, pick, seeded, type Live, type Random } from './mutate.js';
import { examplesOf } from './protocol-examples.js';

const free = { most: 1_000_000, period: 60_000 };

/** Settings of a hub that is fuzzed: rate limits would keep most frames from deeper code. */
export const fuzzedHub = {
  signIns: 1_000_000,
  rings: {
    ...defaultHubSettings.rings,
    ...{ perPair: free, perCaller: free, perAddress: free, repeats: free },
  },
};

/** How a fuzzer works; everything has a default. */
export interface FuzzerOptions {
  seed: number;
  /** A prefix for the names. */
  prefix?: string;
  people?: number;
  /** Existing names and ids besides the fuzzer's own, to put into frames. */
  live?: Partial<Live>;
}

/** Types about a known call; those that continue it come more often than those that end it. */
const goingOn = ['accept', 'accept', 'candidate', 'offer', 'answer'];
const ending = ['decline', 'busy', 'cancel', 'leave'];

/** Types that carry a person's own words: only that person may send them in their name. */
const words = new Set<unknown>(['call', 'accept', 'offer', 'answer', 'candidate']);

const closeCodes = [1000, 1001, 4321];

/**
 * People who send every example of docs/protocol.md, mutated and with live names, calls and links
 * put in, and check all that they receive: a marked frame was addressed to its receiver, in the
 * name of its sender.
 */
export class Fuzzer {
  /** The problems found. */
  readonly problems: string[] = [];
  readonly random: Random;
  readonly live: Live;
  readonly #members: Member[] = [];
  /** The sender and recipient of each marked frame, by number. */
  readonly #by: string[] = [];
  readonly #to: string[] = [];
  /** Names in which no fuzzer speaks. */
  readonly #strangers: Set<string>;
  readonly #examples = examplesOf('From client to server').map(({ json }) => ({
    ...(JSON.parse(json) as Json),
  }));
  readonly #types = [...new Set(this.#examples.map(({ type }) => type))];
  #fences = 0;

  private constructor({ seed, live }: FuzzerOptions) {
    this.random = seeded(seed);
    this.#strangers = new Set((live?.names ?? []).map(nameKey));
    this.live = {
      names: ['nobody', ...(live?.names ?? [])],
      calls: ['call-1', 'call-2', 'call-3', ...(live?.calls ?? [])],
      links: ['link-1', ...(live?.links ?? [])],
    };
  }

  /** @param urls of the servers: people are spread over them */
  static async start(urls: string[], options: FuzzerOptions): Promise<Fuzzer> {
    const { prefix = 'eve', people = 9 } = options;
    const fuzzer = new Fuzzer(options);
    for (let index = 0; index < people; index++) {
      const member = new Member(
        fuzzer,
        urls[index % urls.length]!,
        `${prefix} ${index}`,
        index % 3,
      );
      fuzzer.live.names.push(member.name);
      fuzzer.#members.push(member);
    }
    await Promise.all(fuzzer.#members.map((member) => member.enter()));
    return fuzzer;
  }

  /** Sends so many frames; settles when all have been served. */
  async send(count: number): Promise<void> {
    const each = Math.ceil(count / this.#members.length);
    await Promise.all(this.#members.map((member) => member.send(each)));
  }

  /** Everybody signs out. */
  async stop(): Promise<void> {
    await Promise.all(this.#members.map((member) => member.leave()));
  }

  /** Checks that a message reached its recipient, in the name of its sender. */
  check(receiver: string, message: Json): void {
    const { type, name } = message;
    if (type === 'login' || type === 'error') return;
    const own = this.#members.some((member) => member.key === receiver);
    if (own && words.has(type) && this.#strangers.has(nameKey(String(name)))) {
      this.#problem('in the name of a stranger', receiver, message);
    }
    const mark = markIn(JSON.stringify(message));
    if (mark === undefined) return;
    if (this.#to[mark] !== receiver) {
      this.#problem(`not for them but for ${this.#to[mark]}`, receiver, message);
    }
    if (this.#by[mark] !== nameKey(String(name))) {
      this.#problem(`sent by ${this.#by[mark]}`, receiver, message);
    }
  }

  #problem(what: string, receiver: string, message: Json): void {
    if (this.problems.length < 20) {
      this.problems.push(`${what}: ${receiver} got ${JSON.stringify(message).slice(0, 500)}`);
    }
  }

  /** Asks for an answer that comes when all before has been served. */
  fence(): string {
    return `fence ${++this.#fences}`;
  }

  /** Makes the next frame of a member. */
  frame(member: Member): string {
    const { random, live } = this;
    if (random() < 0.02) return noise(random);
    const message = this.#marked(this.#message(member), member);
    // Frames sent unchanged make calls that the other frames can refer to.
    const frame =
      random() < 0.3
        ? JSON.stringify(message)
        : random() < 0.15
          ? mutate(JSON.stringify(message), random)
          : mutateMessage(message, this.#examples, random, live);
    this.#remember(frame, member);
    return frame;
  }

  /** A login, with something changed. */
  login(): string {
    return mutateMessage(this.#example('login'), this.#examples, this.random, this.live);
  }

  #message(member: Member): Json {
    const { random, live } = this;
    const heard = pick(member.heard, random);
    const example = this.#example(pick(this.#types, random));
    const name = pick(live.names, random);
    const call = pick(live.calls, random);
    if (heard && random() < 0.5) {
      const type = pick(random() < 0.9 ? goingOn : ending, random);
      return { ...this.#examples.find((each) => each.type === type && 'call' in each)!, ...heard };
    }
    return {
      ...example,
      ...('name' in example && { name }),
      ...('call' in example && { call }),
      ...('link' in example && { link: pick(live.links, random), seq: pick(seqs, random) }),
    };
  }

  #example(type: unknown): Json {
    return pick(
      this.#examples.filter((each) => each.type === type),
      this.random,
    );
  }

  #marked(message: Json, member: Member): Json {
    const { type } = message;
    const number = letters(this.#by.length);
    const mark = `mark-${number}-${number}-`;
    this.#by.push(member.key);
    this.#to.push('');
    if (type === 'offer' || type === 'answer') return { ...message, [type]: { type, sdp: mark } };
    if (type === 'candidate') return { ...message, candidate: { candidate: mark } };
    if (type === 'call') return { ...message, offer: { type: 'offer', sdp: mark } };
    if (type === 'accept') return { ...message, answer: { type: 'answer', sdp: mark } };
    if (type === 'leave' || type === 'decline' || type === 'cancel') {
      return { ...message, reason: mark };
    }
    return message;
  }

  /** Notes the recipient of a frame, as a reader of JSON sees it. */
  #remember(frame: string, member: Member): void {
    let message: Json;
    try {
      message = JSON.parse(frame) as Json;
    } catch {
      return;
    }
    const mark = markIn(frame);
    const name = message?.name;
    if (mark === undefined || typeof name !== 'string' || name.length > 256) return;
    this.#to[mark] = nameKey(name);
    this.#by[mark] = member.key;
  }
}

const seqs = [0, 1, 2, 3, 7, 100, 2 ** 31, 2 ** 52, Number.MAX_SAFE_INTEGER];

/** A person of the fuzzer: comes back when the server cuts them off. */
class Member {
  readonly name: string;
  readonly key: string;
  /** Calls heard of, with their partners. */
  readonly heard: { name: string; call: string }[] = [];
  readonly #fuzzer: Fuzzer;
  readonly #url: string;
  readonly #kit: boolean;
  #resume: string | undefined;
  #socket!: WebSocket;
  #closed!: Promise<unknown>;
  /** Settles what waits for the answer to a login, or to a fence. */
  #answered: ((message: Json) => boolean) | undefined;

  constructor(fuzzer: Fuzzer, url: string, name: string, kind: number) {
    this.#fuzzer = fuzzer;
    this.#url = url.replace(/^http/, 'ws');
    this.name = name;
    this.key = nameKey(name);
    this.#kit = kind > 0;
  }

  /** Connects and signs in, until that is granted. */
  async enter(): Promise<void> {
    for (;;) {
      this.#socket = new WebSocket(this.#url, { perMessageDeflate: false });
      this.#socket.on('error', () => {});
      this.#closed = once(this.#socket, 'close');
      this.#socket.on('message', (data: Buffer) => this.#hear(JSON.parse(data.toString()) as Json));
      await Promise.race([once(this.#socket, 'open'), this.#closed]);
      const hello = { version: 1, at: Date.now() };
      const login = { type: 'login', name: this.name, ...(this.#kit && { hello }) };
      const answer = await this.#ask(
        JSON.stringify({ ...login, resume: this.#resume }),
        ({ type }) => type === 'login',
      );
      if (answer?.success) {
        this.#resume = answer.resume as string | undefined;
        return;
      }
      if (answer?.code !== 'name-taken') {
        this.#fuzzer.problems.push(`${this.name} does not get in: ${JSON.stringify(answer)}`);
        return;
      }
      this.#socket.close(1000);
      await this.#closed;
    }
  }

  async send(count: number): Promise<void> {
    const { random } = this.#fuzzer;
    for (let sent = 0; sent < count; sent++) {
      this.#socket.send(this.#fuzzer.frame(this));
      if (random() < 0.001) this.#goAway();
    }
    const fence = this.#fuzzer.fence();
    const served = await this.#ask(JSON.stringify({ type: fence }), ({ message }) =>
      String(message).endsWith(fence),
    );
    if (served) return;
    if (random() < 0.3) await this.#knock();
    await this.enter();
  }

  async leave(): Promise<void> {
    this.#socket.close(1000);
    await this.#closed;
  }

  #goAway(): void {
    const { random } = this.#fuzzer;
    if (random() < 0.5) this.#socket.terminate();
    else this.#socket.close(pick(closeCodes, random));
  }

  /** A connection that tries to sign in with anything. */
  async #knock(): Promise<void> {
    const socket = new WebSocket(this.#url, { perMessageDeflate: false });
    socket.on('error', () => {});
    const closed = once(socket, 'close');
    await Promise.race([once(socket, 'open'), closed]);
    for (let count = 0; count < 5; count++) socket.send(this.#fuzzer.login());
    socket.close(1000);
    await closed;
  }

  /** Sends a frame. @returns the answer; undefined when the connection is closed before */
  #ask(frame: string, isAnswer: (message: Json) => boolean): Promise<Json | undefined> {
    const answer = new Promise<Json>((resolve) => {
      this.#answered = (message) => {
        if (!isAnswer(message)) return false;
        resolve(message);
        return true;
      };
    });
    this.#socket.send(frame);
    return Promise.race([answer, this.#closed.then(() => undefined)]);
  }

  #hear(message: Json): void {
    if (this.#answered?.(message)) this.#answered = undefined;
    this.#fuzzer.check(this.key, message);
    const { name, call } = message;
    if (typeof name !== 'string' || typeof call !== 'string') return;
    this.heard.push({ name, call });
    if (this.heard.length > 5) this.heard.shift();
  }
}

const noise = (random: Random) =>
  Array.from({ length: Math.floor(random() * 40) }, () =>
    String.fromCharCode(Math.floor(random() * 0xd800)),
  ).join('');

/** The number in the mark of a text; a mark that was changed on the way is none. */
function markIn(text: string): number | undefined {
  const mark = /mark-([a-j]+)-\1-/.exec(text)?.[1];
  if (mark === undefined) return undefined;
  return Number([...mark].map((letter) => letter.charCodeAt(0) - 97).join(''));
}

/** A number in letters, as reasons may hold them. */
const letters = (count: number) =>
  [...`${count}`].map((digit) => String.fromCharCode(97 + Number(digit))).join('');
