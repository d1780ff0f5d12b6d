import { CloseCode } from '../../src/hub/connection.js';
import { Hub } from '../../src/hub/hub.js';
import { nameKey } from '../../src/protocol/name-key.js';
import { readServerMessage } from '../../src/protocol/server-message.js';
import { FakeClock, settled } from './fake-clock.js';
import { HubClient, type Json } from './hub-client.js';

/** A step on a connection. */
export interface Step {
  connection: number;
  /** Whether what happens next waits until this has been served. */
  wait: boolean;
  /** Sends a message, with a field changed or a character cut out. */
  send?: object;
  mutate?: [field: string, value: unknown];
  cut?: number;
  /** Sends a frame as it is. */
  frame?: string;
  binary?: boolean;
  /** Signs in with a token that was seen before. */
  resume?: number;
  /** Speaks of a call that this connection has heard of. */
  followUp?: number;
  close?: number;
  /** Lets time pass. */
  pass?: number;
}

/** Types whose content the hub relays unread: the receiver's own guard drops what is misshapen. */
const unread = ['offer', 'answer', 'candidate'];
const followUps = ['accept', 'decline', 'busy', 'cancel', 'leave', 'candidate', 'offer', 'answer'];

/** Connections to one hub that do as they are told, and check what each of them receives. */
export class HostileCrowd {
  /** The problems found. */
  readonly problems: string[] = [];
  readonly #clock = new FakeClock();
  readonly #hub: Hub;
  #members: Member[];
  /** The sender and recipient of each marked message. */
  readonly #sent = new Map<string, { by: Member; to: string }>();
  readonly #tokens: { name: string; resume: string }[] = [];
  readonly #calls = new Set<string>();
  readonly #pending: Promise<void>[] = [];

  constructor(size: number) {
    this.#hub = new Hub({
      clock: this.#clock,
      observer: (event) => {
        if (event.type === 'fault') this.problems.push(`fault: ${String(event.error)}`);
        if (event.type === 'call-started') this.#calls.add(event.call);
      },
    });
    this.#members = Array.from({ length: size }, () => this.#newMember());
  }

  async take(step: Step): Promise<void> {
    const done = this.#happen(step);
    this.#pending.push(done);
    if (step.wait) await done;
  }

  async settle(): Promise<void> {
    await Promise.all(this.#pending.splice(0));
    await settled();
  }

  /** Everyone closes, and more time passes than anything is kept for. */
  async goHome(): Promise<void> {
    const codes = [CloseCode.goingAway, 1006, CloseCode.normal];
    await Promise.all(this.#members.map((member, index) => member.close(codes[index % 3]!)));
    await this.#clock.advance(600_000);
    await this.settle();
  }

  /** No two open connections hold one name. */
  checkNames(): void {
    const keys = this.#members.flatMap(({ name, open }) => (name && open ? [nameKey(name)] : []));
    if (new Set(keys).size < keys.length) this.problems.push(`held twice: ${keys}`);
  }

  async checkNothingLeft(): Promise<void> {
    for (const name of await this.#hub.directory.online()) this.problems.push(`stuck: ${name}`);
    for (const call of this.#calls) {
      if (await this.#hub.directory.findCall(call)) this.problems.push(`call left: ${call}`);
    }
    if (this.#clock.waiting > 0) this.problems.push(`timers left: ${this.#clock.waiting}`);
  }

  #newMember(): Member {
    const member = new Member(this.#hub);
    member.client.onmessage = (message) => this.#check(member, message);
    return member;
  }

  async #happen(step: Step): Promise<void> {
    if (step.pass !== undefined) return this.#clock.advance(step.pass);
    let member = this.#members[step.connection]!;
    if (!member.open) {
      member = this.#newMember();
      this.#members[step.connection] = member;
    }
    if (step.close !== undefined) return member.close(step.close);
    if (step.binary) return member.client.sendBinary();
    await member.client.send(this.#frame(step, member));
  }

  /** The frame of a step; what is addressed to somebody carries a mark where it has room. */
  #frame(step: Step, member: Member): string {
    if (step.frame !== undefined) return step.frame;
    const message = this.#marked(this.#message(step, member), member);
    if (step.mutate) message[step.mutate[0]] = step.mutate[1];
    const frame = JSON.stringify(message);
    this.#remember(message, member);
    if (step.cut === undefined) return frame;
    const at = step.cut % frame.length;
    const cut = frame.slice(0, at) + frame.slice(at + 1);
    try {
      this.#remember(JSON.parse(cut) as Json, member);
    } catch {
      // Then it reaches nobody.
    }
    return cut;
  }

  #message({ send, resume, followUp }: Step, member: Member): Json {
    if (resume !== undefined) {
      const token = this.#tokens[resume % this.#tokens.length];
      return { type: 'login', name: 'alice', hello: { version: 1 }, ...token };
    }
    if (followUp !== undefined) {
      const type = followUps[followUp % followUps.length]!;
      const about = member.heard[followUp % member.heard.length] ?? { name: 'bob', call: '1' };
      return { type, ...about };
    }
    return { ...send };
  }

  #marked(message: Json, member: Member): Json {
    const mark = `mark-${letters(this.#sent.size)}`;
    this.#sent.set(mark, { by: member, to: '' });
    const { type } = message;
    if (type === 'offer' || type === 'answer') message[type] = { type, sdp: mark };
    if (type === 'candidate') message.candidate = { candidate: mark };
    if (type === 'call') message.offer = { type: 'offer', sdp: mark };
    if (type === 'accept') message.answer = { type: 'answer', sdp: mark };
    if (type === 'leave' || type === 'decline' || type === 'cancel') message.reason = mark;
    return message;
  }

  #remember(message: Json, by: Member): void {
    const mark = markIn(message);
    if (mark && typeof message?.name === 'string') {
      this.#sent.set(mark, { by, to: nameKey(message.name) });
    }
  }

  #check(member: Member, message: Json): void {
    const { type, name, call, resume } = message;
    const expect = (fine: unknown, problem: string) => {
      if (!fine) this.problems.push(`${problem}: ${member.name} got ${JSON.stringify(message)}`);
    };
    if (!unread.includes(type as string)) {
      expect(readServerMessage(JSON.stringify(message)), 'misshapen');
    }
    if (type === 'error' || (type === 'login' && !message.success)) return;
    if (type === 'login') {
      expect(!member.name, 'signed in twice');
      member.name = name as string;
      if (resume) this.#tokens.push({ name: member.name, resume: resume as string });
      return;
    }
    expect(member.name, 'not signed in');
    if (typeof call === 'string') member.heard.push({ name: name as string, call });
    const mark = markIn(message);
    if (!mark) return;
    const { by, to } = this.#sent.get(mark)!;
    expect(nameKey(member.name ?? '') === to, 'misdelivered');
    expect(name === by.name, 'spoke for somebody else');
  }
}

/** A connection, and the name it signed in with. */
class Member {
  readonly client: HubClient;
  readonly heard: { name: string; call: string }[] = [];
  name: string | undefined;
  #closed = false;

  constructor(hub: Hub) {
    this.client = new HubClient(hub);
  }

  get open(): boolean {
    return !this.#closed && this.client.closedWith === undefined;
  }

  async close(code: number): Promise<void> {
    if (!this.open) return;
    this.#closed = true;
    await this.client.close(code);
  }
}

const markIn = (message: unknown) => /mark-[a-z]+/.exec(JSON.stringify(message) ?? '')?.[0];

/** A number in letters, as reasons may hold them. */
const letters = (count: number) =>
  [...`${count}`].map((digit) => String.fromCharCode(97 + Number(digit))).join('');
