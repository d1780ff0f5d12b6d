import {
  type CallRecord,
  type Claim,
  type Clock,
  defaultHubSettings,
  type Directory,
  type HalfCall,
  type Held,
  holderOf,
  type HubObserver,
  type HubSettings,
  type Loss,
  type PresenceListener,
  type Receive,
  type SessionRef,
  systemClock,
  type Taken,
} from 'rtc-widgets/hub';
import { nameKey, type ServerMessage } from 'rtc-widgets/protocol';
import { Bus } from './bus.js';
import { Here } from './mirror.js';
import * as keys from './keys.js';
import { KnownNames } from './known-names.js';
import type { NameNews } from './name-commands.js';
import { learnCalls, passOn, restore, settle, type Both } from './reconcile.js';
import { Roster } from './roster.js';
import { defaultBusSettings, type BusSettings } from './settings.js';
import { SharedCalls, type CallNews } from './shared-calls.js';
import { SharedNames } from './shared-names.js';
import { changed, claimed, refOf, without } from './shared-session.js';

/** What a directory in Redis is made of; all but the address has a default. */
export interface RedisDirectoryOptions {
  /** `redis://…`, or `rediss://…` for TLS. */
  url: string;
  hub?: Partial<HubSettings>;
  bus?: Partial<BusSettings>;
  clock?: Clock;
  observer?: HubObserver;
  /** The time that all processes have in common; default: Redis's. Milliseconds. */
  time?: () => Promise<number>;
}

/**
 * The directory of any number of processes, in Redis. What concerns the sessions whose connections
 * are here is known here as well: it is asked first, and alone while Redis is away.
 */
export class RedisDirectory implements Directory {
  readonly #settings: HubSettings;
  readonly #bus: Bus;
  readonly #names: SharedNames;
  readonly #calls: SharedCalls;
  readonly #here: Here;
  readonly #both: Both;
  readonly #known = new KnownNames();
  readonly #roster: Roster;
  #end: (session: SessionRef) => Promise<void> = async () => {};

  /** @throws {Error} when Redis cannot be reached, or refuses the password */
  static async connect(options: RedisDirectoryOptions): Promise<RedisDirectory> {
    const directory = new RedisDirectory(options);
    await directory.#bus.start();
    return directory;
  }

  private constructor({ url, hub, bus, clock, observer, time }: RedisDirectoryOptions) {
    this.#settings = { ...defaultHubSettings, ...hub };
    this.#bus = new Bus(
      {
        url,
        settings: { ...defaultBusSettings, ...bus },
        clock: clock ?? systemClock,
        observe: observer ?? (() => {}),
        time,
      },
      {
        channels: {
          [keys.NAMES]: (text) => this.#nameChanged(JSON.parse(text) as NameNews),
          [keys.CALLS]: (text) => this.#callChanged(JSON.parse(text) as CallNews),
        },
        hear: (message) => this.#hear(message),
        restore: async () => {
          this.#known.clear();
          await restore(this.#both);
        },
        settle: async () => {
          await settle(this.#both);
          await this.#roster.catchUp();
        },
        orphan: (process) => this.#names.orphan(process, this.#bus.now(), this.#both.keep),
        sweep: async () => {
          for (const session of await this.#names.due(this.#bus.now())) await this.#end(session);
        },
      },
    );
    const { process } = this.#bus;
    const link = () => this.#bus.link;
    this.#names = new SharedNames(link, this.#settings);
    this.#calls = new SharedCalls(link, this.#names, process);
    this.#here = new Here(this.#settings, process);
    this.#both = {
      here: this.#here,
      names: this.#names,
      calls: this.#calls,
      process,
      now: () => this.#bus.now(),
      keep: this.#settings.resumeWindow,
      most: this.#settings.sessionsPerName,
    };
    this.#roster = new Roster(() => this.#names.online());
    this.#here.directory.watch((...change) => this.degraded && this.#roster.tell(...change));
  }

  /** Leaves what this process holds to the others. */
  close(): Promise<void> {
    return this.#bus.close();
  }

  get epoch(): string {
    return this.#bus.epoch;
  }

  get degraded(): boolean {
    return this.#bus.degraded;
  }

  get recovering(): boolean {
    return this.#bus.age < this.#settings.resumeWindow;
  }

  /** How long Redis took for the last sign of life, there and back; milliseconds. */
  get delay(): number {
    return this.#bus.delay;
  }

  claim(
    name: string,
    kit: boolean,
    resume: string | undefined,
    at = 0,
    receive: Receive,
    lost: (why: Loss) => void,
  ): Promise<Claim | undefined | 'unavailable'> {
    const key = nameKey(name);
    const { directory, expected } = this.#here;
    const holder = this.#here.newHolder();
    const wish = { name, kit, resume, at, holder, most: this.#settings.sessionsPerName };
    let got: ReturnType<typeof claimed>;
    const claim = this.#ask<Claim | undefined | 'unavailable'>(
      async () => {
        await this.#names.change(key, (all) => {
          got = claimed(all, wish);
          // What is sent to it may be here before the answer is.
          if (got) expected.set(got.mine.id, receive);
          return got?.all;
        });
        if (!got) return undefined;
        const { mine, resumed } = got;
        const session = refOf(key, mine);
        const { resume: token, before, ends } = mine;
        this.#here.adopt({ session, resume: token, before, at, ends, receive, lost }, holder);
        // It is theirs, even if Redis goes now; its calls are then read when Redis is back.
        if (resumed) {
          await this.#ask(
            () => learnCalls(this.#both, session),
            () => {},
          );
        }
        return { session, resumed, resume: token };
      },
      () => {
        // Who was here may come back here; nobody else can be told from a stranger.
        if (!directory.holds(key, resume)) return 'unavailable';
        const claim = directory.claim(name, kit, resume, at, receive, lost);
        if (!claim) return undefined;
        this.#here.holders.set(claim.session.id, holder);
        // Other servers could not know another token.
        Object.assign(directory.held(claim.session)!, { resume });
        return { ...claim, resume: resume! };
      },
    );
    return claim.finally(() => got && expected.delete(got.mine.id));
  }

  holds(key: string, resume: string): Promise<Held | undefined> {
    return this.#ask<Held | undefined>(
      async () => {
        const found = holderOf(resume, await this.#names.sessions(key));
        return found && { session: refOf(key, found), until: found.ends };
      },
      () => this.#here.directory.holds(key, resume),
    );
  }

  async limit(session: SessionRef, until: number): Promise<void> {
    const { directory, holders } = this.#here;
    const holder = holders.get(session.id);
    directory.limit(session, until);
    await this.#ask(
      async () => {
        const change = { ends: until };
        await this.#names.change(session.key, (all) => changed(all, session.id, holder!, change));
      },
      () => {},
    );
  }

  async confirm(session: SessionRef): Promise<void> {
    const { directory, holders } = this.#here;
    const holder = holders.get(session.id);
    directory.confirm(session);
    await this.#ask(
      async () => {
        const change = { before: undefined };
        await this.#names.change(session.key, (all) => changed(all, session.id, holder!, change));
      },
      () => {},
    );
  }

  async detach(session: SessionRef, keep: number): Promise<void> {
    const { directory, holders } = this.#here;
    const holder = holders.get(session.id);
    if (!holder) return;
    // What comes from here on waits, here or there.
    directory.detach(session);
    await this.#ask(
      async () => {
        const change = { holder: '', until: this.#bus.now() + keep };
        await this.#names.change(session.key, (all) => changed(all, session.id, holder, change));
        if (holders.get(session.id) === holder) await passOn(this.#both, session);
      },
      () => {},
    );
  }

  async release(session: SessionRef): Promise<CallRecord[]> {
    const { directory, holders, endedSessions, madeCalls } = this.#here;
    // One that is at another process is ended there; one that is detached, anywhere.
    const login = holders.get(session.id) ?? '';
    return this.#ask(
      async () => {
        const mine = ({ holder }: { holder: string }) => holder === login;
        const ended = await this.#names.change(session.key, (all) =>
          without(all, session.id, mine),
        );
        this.#here.drop(session);
        return this.#endCalls(session, ended ?? []);
      },
      () => {
        holders.delete(session.id);
        endedSessions.set(session.id, session);
        const calls = directory.release(session);
        for (const { id } of calls) madeCalls.delete(id);
        return calls;
      },
    );
  }

  async expire(session: SessionRef): Promise<CallRecord[] | undefined> {
    const { directory, endedSessions } = this.#here;
    return this.#ask(
      async () => {
        const now = this.#bus.now();
        const ended = await this.#names.change(session.key, (all) =>
          without(all, session.id, ({ holder, until }) => !holder && until <= now),
        );
        return ended && this.#endCalls(session, ended);
      },
      () => {
        if (!directory.held(session)) return undefined;
        const calls = directory.expire(session);
        if (calls) endedSessions.set(session.id, session);
        return calls;
      },
    );
  }

  locate(key: string): SessionRef[] | Promise<SessionRef[]> {
    if (this.degraded) return this.#here.directory.locate(key);
    return this.#known.get(key, () =>
      this.#ask(
        async () => (await this.#names.sessions(key)).map((session) => refOf(key, session)),
        () => this.#here.directory.locate(key),
      ),
    );
  }

  deliver(
    session: SessionRef,
    message: ServerMessage,
  ): boolean | 'full' | Promise<boolean | 'full'> {
    const { directory } = this.#here;
    if (directory.held(session)) return directory.deliver(session, message);
    return this.#ask<boolean | 'full'>(
      () => this.#names.deliver(session, message),
      () => false,
    );
  }

  async collect(session: SessionRef): Promise<ServerMessage[]> {
    const { directory } = this.#here;
    const waited = await this.#ask(
      () => this.#names.collect(session),
      () => [],
    );
    return [...waited, ...directory.collect(session)];
  }

  addCall(call: CallRecord): Promise<boolean> {
    const { directory, endedCalls } = this.#here;
    // One that is tried again is not to be forgotten later.
    endedCalls.delete(call.id);
    return this.#ask(
      async () => {
        const known = await this.#calls.add(call);
        this.#here.know(call.id, known);
        return known === call;
      },
      () => {
        const added = directory.addCall(call);
        if (added) this.#here.madeCall(call.id);
        return added;
      },
    );
  }

  findCall(id: string): CallRecord | undefined | Promise<CallRecord | undefined> {
    const known = this.#here.directory.findCall(id);
    if (known) return known;
    return this.#ask(
      () => this.#calls.find(id),
      () => undefined,
    );
  }

  holdCandidate(id: string, candidate: ServerMessage): Promise<boolean | 'full'> {
    const { directory } = this.#here;
    return this.#ask(
      async () => {
        const call = await this.findCall(id);
        return !!call && this.#calls.holdCandidate(call, candidate);
      },
      () => directory.holdCandidate(id, candidate),
    );
  }

  takeCall(id: string, by: SessionRef): Promise<Taken | undefined> {
    const { directory } = this.#here;
    return this.#ask(
      async () => {
        const taken = await this.#calls.take(id, directory.findCall(id), by);
        if (taken) this.#here.know(id, taken.after);
        return taken;
      },
      () => {
        const taken = directory.takeCall(id, by);
        if (taken) this.#here.madeCall(id);
        return taken;
      },
    );
  }

  quitCall(id: string, session: SessionRef): Promise<boolean> {
    const { directory } = this.#here;
    return this.#ask(
      async () => {
        const rest = await this.#calls.quit(id, session);
        if (rest) this.#here.know(id, rest);
        return !!rest;
      },
      () => {
        const rings = directory.quitCall(id, session);
        if (rings) this.#here.madeCall(id);
        return rings;
      },
    );
  }

  announceCall(half: HalfCall): Promise<HalfCall | undefined> {
    const { directory } = this.#here;
    return this.#ask(
      () => this.#calls.announce(half, 2 * this.#settings.resumeWindow),
      () => directory.announceCall(half),
    );
  }

  retractCall(half: HalfCall): Promise<boolean> {
    const { directory } = this.#here;
    return this.#ask(
      () => this.#calls.retract(half),
      () => directory.retractCall(half),
    );
  }

  callsOf(session: SessionRef): CallRecord[] | Promise<CallRecord[]> {
    const { directory } = this.#here;
    if (directory.held(session)) return directory.callsOf(session);
    return this.#ask(
      () => this.#calls.ofSession(session),
      () => [],
    );
  }

  removeCall(id: string, heard = true): Promise<void> {
    const { directory, madeCalls } = this.#here;
    madeCalls.delete(id);
    return this.#ask(
      async () => {
        await this.#calls.remove(id, heard, this.#bus.now());
        this.#here.know(id, undefined);
      },
      () => {
        this.#here.endedCall(id, heard);
        directory.removeCall(id, heard);
      },
    );
  }

  wasCall(id: string, one: string, other: string): Promise<boolean> {
    const { directory } = this.#here;
    return this.#ask(
      () => this.#calls.was(id, one, other),
      () => directory.wasCall(id, one, other),
    );
  }

  online(): Promise<Iterable<string>> {
    const { directory } = this.#here;
    return this.#ask<Iterable<string>>(
      () => this.#roster.online(),
      () => this.#roster.onlineHere(directory.online()),
    );
  }

  watch(listener: PresenceListener): () => void {
    return this.#roster.watch(listener);
  }

  onDue(end: (session: SessionRef) => Promise<void>): void {
    this.#end = end;
  }

  /** Asks Redis, and what is here while it is away or where it fails meanwhile. */
  async #ask<T>(there: () => Promise<T>, here: () => T): Promise<T> {
    if (this.degraded) return here();
    const { link } = this.#bus;
    try {
      return await there();
    } catch (error) {
      this.#bus.lose(error as Error, link);
      return here();
    }
  }

  /** Ends the calls of a session that has ended, but for those that ring in another. */
  async #endCalls(session: SessionRef, ids: string[]): Promise<CallRecord[]> {
    const over: CallRecord[] = [];
    for (const call of await this.#calls.ofSession(session, ids)) {
      if (call.caller.id !== session.id && (await this.quitCall(call.id, session))) continue;
      await this.removeCall(call.id);
      over.push(call);
    }
    return over;
  }

  #callChanged([process, id, call]: CallNews): void {
    if (process !== this.#bus.process) this.#here.know(id, call ?? undefined);
  }

  #nameChanged([key, name, change]: NameNews): void {
    this.#known.forget(key);
    if (change !== 'same') this.#roster.tell(key, name, change === 'came');
  }

  /** What is said to this process: a frame for a session, or that a session is elsewhere now. */
  #hear(text: string): void {
    const [, word, id, encodedKey, rest] = /^(\S+) (\S+) (\S+) (.*)$/s.exec(text)!;
    const session = { id: id!, key: decodeURIComponent(encodedKey!) };
    const { directory, expected } = this.#here;
    if (word === 'lost') {
      this.#here.lose(session, rest!, 'taken-over');
      return;
    }
    const message = JSON.parse(rest!) as ServerMessage;
    if (directory.held(session)) directory.deliver(session, message);
    else if (expected.has(session.id)) expected.get(session.id)!(message);
    // It has left meanwhile, and may be found elsewhere.
    else if (word === 'frame') this.#names.deliver(session, message, true).catch(() => {});
  }
}
