import {
  type CallRecord,
  type Claim,
  type Clock,
  defaultHubSettings,
  type Directory,
  type HalfCall,
  type Held,
  type HubObserver,
  type HubSettings,
  type Loss,
  type PresenceListener,
  type Receive,
  type SessionRef,
  systemClock,
  type Taken,
} from 'rtc-widgets/hub';
import type { ServerMessage } from 'rtc-widgets/protocol';
import { Bus, type BusHost } from './bus.js';
import type { DirectoryCommands } from './directory-commands.js';
import * as keys from './keys.js';
import { LocalDirectory } from './local-directory.js';
import { Mirror } from './mirror.js';
import { MissedChanges } from './missed-changes.js';
import type { NameNews } from './name-commands.js';
import { restore, settle, type Sides } from './reconcile.js';
import { RedisDirectory } from './redis-directory.js';
import { Roster } from './roster.js';
import { defaultBusSettings, type BusSettings } from './settings.js';
import { SharedCalls, type CallNews } from './shared-calls.js';
import { SharedNames } from './shared-names.js';

/** The options of a shared directory; all but the address have a default. */
export interface FailoverDirectoryOptions {
  /** `redis://…`, or `rediss://…` for TLS. */
  url: string;
  hub?: Partial<HubSettings>;
  bus?: Partial<BusSettings>;
  clock?: Clock;
  observer?: HubObserver;
  /** The time that all processes have in common; default: Redis's. Milliseconds. */
  time?: () => Promise<number>;
}

type Maybe<T> = T | Promise<T>;

/**
 * The directory of any number of processes: asks Redis, and this process alone while Redis is
 * away or where it fails meanwhile.
 */
export class FailoverDirectory implements Directory {
  readonly #settings: HubSettings;
  readonly #bus: Bus;
  readonly #redis: RedisDirectory;
  readonly #local: LocalDirectory;
  readonly #missed = new MissedChanges();
  readonly #roster: Roster;
  #end: (session: SessionRef) => Promise<void> = async () => {};

  /** @throws {Error} when Redis cannot be reached, or refuses the password */
  static async connect(options: FailoverDirectoryOptions): Promise<FailoverDirectory> {
    const directory = new FailoverDirectory(options);
    await directory.#bus.start();
    return directory;
  }

  private constructor({ url, hub, bus, clock, observer, time }: FailoverDirectoryOptions) {
    const settings = { ...defaultHubSettings, ...hub };
    this.#settings = settings;
    this.#bus = new Bus(
      {
        url,
        settings: { ...defaultBusSettings, ...bus },
        clock: clock ?? systemClock,
        observe: observer ?? (() => {}),
        time,
      },
      this.#host(() => sides),
    );
    const { process } = this.#bus;
    const link = () => this.#bus.link;
    const names = new SharedNames(link, settings);
    const calls = new SharedCalls(link, names, process);
    const mirror = new Mirror(settings, process);
    const sides: Sides = {
      mirror,
      missed: this.#missed,
      names,
      calls,
      process,
      now: () => this.#bus.now(),
      keep: settings.resumeWindow,
      most: settings.sessionsPerName,
    };
    this.#local = new LocalDirectory(mirror, this.#missed);
    this.#redis = new RedisDirectory({
      bus: this.#bus,
      names,
      calls,
      mirror,
      settings,
      ends: this,
    });
    this.#roster = new Roster(() => this.#redis.online());
    this.#redis.watch(this.#roster.tell);
    this.#local.watch((...change) => this.degraded && this.#roster.tell(...change));
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

  claim(
    name: string,
    kit: boolean,
    resume: string | undefined,
    at: number | undefined,
    receive: Receive,
    lost: (why: Loss) => void,
  ): Maybe<Claim | undefined | 'unavailable'> {
    return this.#either((directory) => directory.claim(name, kit, resume, at, receive, lost));
  }

  holds(key: string, resume: string): Maybe<Held | undefined> {
    return this.#either((directory) => directory.holds(key, resume));
  }

  limit(session: SessionRef, until: number): Maybe<void> {
    return this.#inform((directory) => directory.limit(session, until));
  }

  confirm(session: SessionRef): Maybe<void> {
    return this.#inform((directory) => directory.confirm(session));
  }

  detach(session: SessionRef, keep: number): Maybe<void> {
    return this.#inform((directory) => directory.detach(session, keep));
  }

  release(session: SessionRef): Maybe<CallRecord[]> {
    return this.#either((directory) => directory.release(session));
  }

  expire(session: SessionRef): Maybe<CallRecord[] | undefined> {
    return this.#either((directory) => directory.expire(session));
  }

  locate(key: string): Maybe<SessionRef[]> {
    return this.#either((directory) => directory.locate(key));
  }

  deliver(session: SessionRef, message: ServerMessage): Maybe<boolean | 'full'> {
    return this.#either((directory) => directory.deliver(session, message));
  }

  collect(session: SessionRef): Maybe<ServerMessage[]> {
    return this.#either((directory) => directory.collect(session));
  }

  addCall(call: CallRecord): Maybe<boolean> {
    // A call that is tried again is not to be forgotten later.
    this.#missed.endedCalls.delete(call.id);
    return this.#either((directory) => directory.addCall(call));
  }

  findCall(id: string): Maybe<CallRecord | undefined> {
    return this.#either((directory) => directory.findCall(id));
  }

  holdCandidate(id: string, candidate: ServerMessage): Maybe<boolean | 'full'> {
    return this.#either((directory) => directory.holdCandidate(id, candidate));
  }

  takeCall(id: string, by: SessionRef): Maybe<Taken | undefined> {
    return this.#either((directory) => directory.takeCall(id, by));
  }

  quitCall(id: string, session: SessionRef): Maybe<boolean> {
    return this.#either((directory) => directory.quitCall(id, session));
  }

  announceCall(half: HalfCall): Maybe<HalfCall | undefined> {
    return this.#either((directory) => directory.announceCall(half));
  }

  retractCall(half: HalfCall): Maybe<boolean> {
    return this.#either((directory) => directory.retractCall(half));
  }

  callsOf(session: SessionRef): Maybe<CallRecord[]> {
    return this.#either((directory) => directory.callsOf(session));
  }

  removeCall(id: string, heard?: boolean): Maybe<void> {
    this.#missed.changedCalls.delete(id);
    return this.#either((directory) => directory.removeCall(id, heard));
  }

  wasCall(id: string, one: string, other: string): Maybe<boolean> {
    return this.#either((directory) => directory.wasCall(id, one, other));
  }

  async online(): Promise<Iterable<string>> {
    return this.#roster.remember(await this.#either((directory) => directory.online()));
  }

  watch(listener: PresenceListener): () => void {
    return this.#roster.watch(listener);
  }

  onDue(end: (session: SessionRef) => Promise<void>): void {
    this.#end = end;
  }

  /** Handles news from the bus; `sides` are known by the time it starts. */
  #host(sides: () => Sides): BusHost {
    return {
      channels: {
        [keys.NAMES]: (text) => this.#redis.nameChanged(JSON.parse(text) as NameNews),
        [keys.CALLS]: (text) => this.#redis.callChanged(JSON.parse(text) as CallNews),
      },
      hear: (message) => this.#redis.hear(message),
      restore: async () => {
        this.#redis.forgetNames();
        await restore(sides());
      },
      settle: async () => {
        await settle(sides());
        await this.#roster.catchUp();
      },
      orphan: (process) => sides().names.orphan(process, this.#bus.now(), sides().keep),
      sweep: async () => {
        for (const session of await this.#redis.due()) await this.#end(session);
      },
    };
  }

  /** Asks Redis, and this process where Redis is away or fails meanwhile. */
  #either<T>(command: (directory: DirectoryCommands) => Maybe<T>): Maybe<T> {
    return this.#ask(command, () => command(this.#local));
  }

  /** As {@link #either}, for a command that Redis's directory carries out here first. */
  #inform(command: (directory: DirectoryCommands) => Maybe<void>): Maybe<void> {
    return this.#ask(command, () => {});
  }

  #ask<T>(command: (directory: DirectoryCommands) => Maybe<T>, failed: () => Maybe<T>): Maybe<T> {
    if (this.degraded) return command(this.#local);
    const { link } = this.#bus;
    const answer = command(this.#redis);
    if (!(answer instanceof Promise)) return answer;
    return answer.catch((error: Error) => {
      this.#bus.lose(error, link);
      return failed();
    });
  }
}
