import {
  type CallRecord,
  type Claim,
  type Directory,
  type HalfCall,
  type Held,
  holderOf,
  type HubSettings,
  type Loss,
  type PresenceListener,
  type Receive,
  type SessionRef,
  type Taken,
} from 'rtc-widgets/hub';
import { nameKey, type ServerMessage } from 'rtc-widgets/protocol';
import type { Bus } from './bus.js';
import type { DirectoryCommands } from './directory-commands.js';
import { KnownNames } from './known-names.js';
import type { Mirror } from './mirror.js';
import type { NameNews } from './name-commands.js';
import { learnCalls, passOn } from './reconcile.js';
import type { CallNews, SharedCalls } from './shared-calls.js';
import type { SharedNames } from './shared-names.js';
import { changed, claimed, refOf, without, type SharedSession } from './shared-session.js';

/** The parts that a directory in Redis works with. */
export interface RedisDirectoryParts {
  bus: Bus;
  names: SharedNames;
  calls: SharedCalls;
  mirror: Mirror;
  settings: HubSettings;
  /** Ends the calls of a session that has ended, even if Redis is lost meanwhile. */
  ends: Pick<Directory, 'quitCall' | 'removeCall'>;
}

/**
 * The directory that all processes share, in Redis. It keeps the mirror as Redis is, and answers
 * from it what concerns the sessions here. A command rejects when the link fails.
 */
export class RedisDirectory implements DirectoryCommands {
  readonly #bus: Bus;
  readonly #names: SharedNames;
  readonly #calls: SharedCalls;
  readonly #mirror: Mirror;
  readonly #settings: HubSettings;
  readonly #ends: RedisDirectoryParts['ends'];
  readonly #known = new KnownNames();
  readonly #listeners = new Set<PresenceListener>();

  constructor({ bus, names, calls, mirror, settings, ends }: RedisDirectoryParts) {
    this.#bus = bus;
    this.#names = names;
    this.#calls = calls;
    this.#mirror = mirror;
    this.#settings = settings;
    this.#ends = ends;
  }

  async claim(
    name: string,
    kit: boolean,
    resume: string | undefined,
    at = 0,
    receive: Receive,
    lost: (why: Loss) => void,
  ): Promise<Claim | undefined> {
    const key = nameKey(name);
    const { expected } = this.#mirror;
    const { link } = this.#bus;
    const holder = this.#mirror.newHolder();
    const wish = { name, kit, resume, at, holder, most: this.#settings.sessionsPerName };
    let got: ReturnType<typeof claimed>;
    try {
      await this.#names.change(key, (all) => {
        got = claimed(all, wish);
        // A message to the session may be here before the answer is.
        if (got) expected.set(got.mine.id, receive);
        return got?.all;
      });
      if (!got) return undefined;
      const { mine, resumed } = got;
      const session = refOf(key, mine);
      const { resume: token, before, ends } = mine;
      this.#mirror.adopt({ session, resume: token, before, at, ends, receive, lost }, holder);
      // It is theirs, even if Redis goes now: its calls are then read when Redis is back.
      const learnt = resumed && learnCalls(this.#mirror, this.#calls, session);
      if (learnt) await learnt.catch((error: Error) => this.#bus.lose(error, link));
      return { session, resumed, resume: token };
    } finally {
      if (got) expected.delete(got.mine.id);
    }
  }

  async holds(key: string, resume: string): Promise<Held | undefined> {
    const found = holderOf(resume, await this.#names.sessions(key));
    return found && { session: refOf(key, found), until: found.ends };
  }

  async limit(session: SessionRef, until: number): Promise<void> {
    this.#mirror.memory.limit(session, until);
    await this.#change(session, { ends: until });
  }

  async confirm(session: SessionRef): Promise<void> {
    this.#mirror.memory.confirm(session);
    await this.#change(session, { before: undefined });
  }

  async detach(session: SessionRef, keep: number): Promise<void> {
    const { memory, holders } = this.#mirror;
    const holder = holders.get(session.id);
    if (!holder) return;
    // From here on messages wait, here or in Redis.
    memory.detach(session);
    await this.#change(session, { holder: '', until: this.#bus.now() + keep });
    if (holders.get(session.id) === holder) await passOn(this.#mirror, this.#names, session);
  }

  async release(session: SessionRef): Promise<CallRecord[]> {
    // A session at another process is ended there; a detached one, anywhere.
    const login = this.#mirror.holders.get(session.id) ?? '';
    const ended = await this.#names.change(session.key, (all) =>
      without(all, session.id, ({ holder }) => holder === login),
    );
    this.#mirror.drop(session);
    return this.#endCalls(session, ended ?? []);
  }

  async expire(session: SessionRef): Promise<CallRecord[] | undefined> {
    const now = this.#bus.now();
    const ended = await this.#names.change(session.key, (all) =>
      without(all, session.id, ({ holder, until }) => !holder && until <= now),
    );
    return ended && this.#endCalls(session, ended);
  }

  locate(key: string): SessionRef[] | Promise<SessionRef[]> {
    return this.#known.get(key, async () =>
      (await this.#names.sessions(key)).map((session) => refOf(key, session)),
    );
  }

  deliver(
    session: SessionRef,
    message: ServerMessage,
  ): boolean | 'full' | Promise<boolean | 'full'> {
    const { memory } = this.#mirror;
    if (memory.held(session)) return memory.deliver(session, message);
    return this.#names.deliver(session, message);
  }

  async collect(session: SessionRef): Promise<ServerMessage[]> {
    const waited = await this.#names.collect(session);
    return [...waited, ...this.#mirror.memory.collect(session)];
  }

  async addCall(call: CallRecord): Promise<boolean> {
    const known = await this.#calls.add(call);
    this.#mirror.know(call.id, known);
    return known === call;
  }

  findCall(id: string): CallRecord | undefined | Promise<CallRecord | undefined> {
    return this.#mirror.memory.findCall(id) ?? this.#calls.find(id);
  }

  async holdCandidate(id: string, candidate: ServerMessage): Promise<boolean | 'full'> {
    const call = await this.findCall(id);
    return !!call && this.#calls.holdCandidate(call, candidate);
  }

  async takeCall(id: string, by: SessionRef): Promise<Taken | undefined> {
    const taken = await this.#calls.take(id, this.#mirror.memory.findCall(id), by);
    if (taken) this.#mirror.know(id, taken.after);
    return taken;
  }

  async quitCall(id: string, session: SessionRef): Promise<boolean> {
    const rest = await this.#calls.quit(id, session);
    if (rest) this.#mirror.know(id, rest);
    return !!rest;
  }

  announceCall(half: HalfCall): Promise<HalfCall | undefined> {
    return this.#calls.announce(half, 2 * this.#settings.resumeWindow);
  }

  retractCall(half: HalfCall): Promise<boolean> {
    return this.#calls.retract(half);
  }

  callsOf(session: SessionRef): CallRecord[] | Promise<CallRecord[]> {
    const { memory } = this.#mirror;
    return memory.held(session) ? memory.callsOf(session) : this.#calls.ofSession(session);
  }

  async removeCall(id: string, heard = true): Promise<void> {
    await this.#calls.remove(id, heard, this.#bus.now());
    this.#mirror.know(id, undefined);
  }

  wasCall(id: string, one: string, other: string): Promise<boolean> {
    return this.#calls.was(id, one, other);
  }

  online(): Promise<Iterable<string>> {
    return this.#names.online();
  }

  watch(listener: PresenceListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Forgets what it knows of names: nobody could tell this process of their changes. */
  forgetNames(): void {
    this.#known.clear();
  }

  /** Detached sessions that are to end by now. */
  due(): Promise<SessionRef[]> {
    return this.#names.due(this.#bus.now());
  }

  /** Another process or this process has changed the sessions of a name. */
  nameChanged([key, name, change]: NameNews): void {
    this.#known.forget(key);
    if (change === 'same') return;
    for (const listener of this.#listeners) listener(key, name, change === 'came');
  }

  /** A call has changed. */
  callChanged([process, id, call]: CallNews): void {
    if (process !== this.#bus.process) this.#mirror.know(id, call ?? undefined);
  }

  /** Hears what is said to this process: a frame for a session, or that a session is elsewhere. */
  hear(text: string): void {
    const [, word, id, encodedKey, rest] = /^(\S+) (\S+) (\S+) (.*)$/s.exec(text)!;
    const session = { id: id!, key: decodeURIComponent(encodedKey!) };
    const { memory, expected } = this.#mirror;
    if (word === 'lost') {
      this.#mirror.lose(session, rest!, 'taken-over');
      return;
    }
    const message = JSON.parse(rest!) as ServerMessage;
    if (memory.held(session)) memory.deliver(session, message);
    else if (expected.has(session.id)) expected.get(session.id)!(message);
    // It has left meanwhile, and may be found elsewhere.
    else if (word === 'frame') this.#names.deliver(session, message, true).catch(() => {});
  }

  /** Changes a session in Redis, unless another login has it by now. */
  async #change({ key, id }: SessionRef, change: Partial<SharedSession>): Promise<void> {
    const holder = this.#mirror.holders.get(id);
    if (holder) await this.#names.change(key, (all) => changed(all, id, holder, change));
  }

  /** Ends the calls of a session that has ended, but for those that ring in another. */
  async #endCalls(session: SessionRef, ids: string[]): Promise<CallRecord[]> {
    const over: CallRecord[] = [];
    for (const call of await this.#calls.ofSession(session, ids)) {
      const calls = call.caller.id === session.id;
      if (!calls && (await this.#ends.quitCall(call.id, session))) continue;
      await this.#ends.removeCall(call.id);
      over.push(call);
    }
    return over;
  }
}
