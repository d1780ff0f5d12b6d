import type { Clock, HubObserver } from 'rtc-widgets/hub';
import { randomId } from 'rtc-widgets/protocol';
import { channelOf, EPOCH } from './keys.js';
import { Processes } from './processes.js';
import { RedisLink } from './redis-link.js';
import type { BusSettings } from './settings.js';

/** How long a process may need to read what has come while it was held up, in milliseconds. */
const HELD_UP = 50;

/** The part of a directory that a bus calls. */
export interface BusHost {
  /** Further channels to listen to, besides that of this process. */
  channels: Record<string, (message: string) => void>;
  /** Something is said to this process. */
  hear(message: string): void;
  /** Redis is there again: what this process holds has to be there too. */
  restore(): Promise<void>;
  /** From now on Redis is asked again: what happened while restoring has to be made up for. */
  settle(): Promise<void>;
  /** A process is dead. */
  orphan(process: string): Promise<void>;
  /** Time has passed. */
  sweep(): Promise<void>;
}

/** The settings and services of a bus. */
export interface BusOptions {
  /** `redis://…` */
  url: string;
  settings: BusSettings;
  clock: Clock;
  observe: HubObserver;
  /** The time that all processes have in common; default: Redis's. Milliseconds. */
  time?: () => Promise<number>;
}

/**
 * This process's way to Redis: notices when it is lost, looks for it until it is back, and gives
 * signs of life.
 */
export class Bus {
  /** Names this process; a new one each time it is started. */
  readonly process = randomId().slice(0, 12);
  readonly processes = new Processes(() => this.link, this.process);
  /** Changes when Redis has lost its data. */
  epoch = '';
  /** True from when Redis is lost until everything is as it should be again. */
  degraded = true;

  readonly #options: BusOptions;
  readonly #host: BusHost;
  #link: RedisLink | undefined;
  /** How far the shared time is ahead of this process's clock. */
  #ahead = 0;
  /** When Redis began to be without data, by the shared time. */
  #since = 0;
  /** Other servers count as dead only after this: they, too, may only have lost Redis. */
  #forgiveUntil = 0;
  #cancel: (() => void) | undefined;
  #closed = false;

  constructor(options: BusOptions, host: BusHost) {
    this.#options = options;
    this.#host = host;
  }

  /** @throws {Error} when Redis cannot be reached now, or refuses the password */
  async start(): Promise<void> {
    try {
      await this.#open();
    } catch (error) {
      await this.close();
      throw error;
    }
  }

  /** The link there is. @throws {Error} when there is none */
  get link(): RedisLink {
    if (!this.#link) throw new Error('Redis is away');
    return this.#link;
  }

  /** The shared time, in milliseconds. */
  now(): number {
    return Math.round(this.#options.clock.now() + this.#ahead);
  }

  /** How long Redis has had data, in milliseconds. */
  get age(): number {
    return this.now() - this.#since;
  }

  /** Redis does not do what a link asks it to: it is looked for anew. */
  lose(error: Error, link = this.#link): void {
    if (link !== this.#link) return;
    this.#link = undefined;
    link?.cut();
    if (this.#closed) return;
    if (!this.degraded) this.#options.observe({ type: 'degraded', reason: reasonOf(error) });
    this.degraded = true;
    this.#later(this.#options.settings.retry, () => this.#open());
  }

  /** Ends it; what this process held is left to the others at once. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#cancel?.();
    await this.processes.forget().catch(() => {});
    this.degraded = true;
    this.#link?.cut();
  }

  /** Runs something later, in place of what was to run; what fails loses the link. */
  #later(delay: number, task: () => Promise<void>): void {
    this.#cancel?.();
    this.#cancel = this.#options.clock.after(delay, () => {
      task().catch((error: Error) => this.lose(error));
    });
  }

  async #open(): Promise<void> {
    const { url } = this.#options;
    let link: RedisLink | undefined = undefined;
    link = await this.#soon(
      RedisLink.open(url, {
        channels: {
          ...this.#host.channels,
          [channelOf(this.process)]: (message) => this.#host.hear(message),
        },
        lost: (error) => link && this.lose(error, link),
      }),
    );
    if (this.#closed) return link.cut();
    this.#link = link;
    try {
      await this.#bringBack(link);
    } catch (error) {
      // Lost again meanwhile: then it is being looked for already.
      if (link === this.#link) throw error;
    }
  }

  /** Redis is there: what is here and what is there become one again. */
  async #bringBack(link: RedisLink): Promise<void> {
    const { settings, clock, observe } = this.#options;
    const before = this.epoch;
    await this.#readTime();
    await this.#readEpoch();
    await this.processes.beat(this.now());
    const lostData = before !== '' && before !== this.epoch;
    await this.#host.restore();
    if (lostData) {
      // Processes with live names get them back before anybody new may claim one.
      await new Promise<void>((done) => clock.after(settings.grace, done));
      await this.#host.restore();
    }
    if (this.#link !== link) return;
    this.#forgiveUntil = before ? this.now() + settings.deadAfter : 0;
    this.degraded = false;
    await this.#host.settle();
    if (before) observe({ type: 'recovered', lostData });
    this.#later(settings.beat, () => this.#beat());
  }

  /** A link that takes too long to make is none. */
  async #soon(opening: Promise<RedisLink>): Promise<RedisLink> {
    const { clock, settings } = this.#options;
    let cancel = () => {};
    const late = new Promise<never>((_, reject) => {
      cancel = clock.after(settings.patience, () => {
        reject(new Error('Redis does not answer'));
        opening.then((link) => link.cut()).catch(() => {});
      });
    });
    return Promise.race([opening, late]).finally(cancel);
  }

  async #beat(): Promise<void> {
    const { settings, clock, observe } = this.#options;
    const { link } = this;
    let silence = clock.after(settings.patience, () => {
      // If this process was held up itself, it finds the answer first.
      silence = clock.after(HELD_UP, () => this.lose(new Error('Redis does not answer'), link));
    });
    try {
      const asked = clock.now();
      const known = await this.processes.beat(this.now());
      observe({ type: 'bus-delay', delay: clock.now() - asked });
      await this.#readTime();
      if (!known) await this.#host.restore();
    } catch (error) {
      return this.lose(error as Error, link);
    } finally {
      silence();
    }
    if (link !== this.#link) return;
    this.#later(settings.beat, () => this.#beat());
    try {
      await this.#buryDead();
      await this.#host.sweep();
    } catch (error) {
      if (link === this.#link && !this.#closed) observe({ type: 'fault', error });
    }
  }

  async #buryDead(): Promise<void> {
    if (this.now() < this.#forgiveUntil) return;
    for (const dead of await this.processes.silentSince(
      this.now() - this.#options.settings.deadAfter,
    )) {
      await this.#host.orphan(dead);
      await this.processes.forget(dead);
    }
  }

  async #readTime(): Promise<void> {
    const { time = () => this.#redisTime(), clock } = this.#options;
    this.#ahead = (await time()) - clock.now();
  }

  async #redisTime(): Promise<number> {
    const [seconds, micros] = await this.link.send<[string, string]>('TIME');
    return Number(seconds) * 1000 + Math.round(Number(micros) / 1000);
  }

  async #readEpoch(): Promise<void> {
    const fresh = JSON.stringify({ epoch: randomId(), since: this.now() });
    await this.link.send('SET', EPOCH, fresh, 'NX');
    const known = (await this.link.send<string | null>('GET', EPOCH)) ?? fresh;
    const { epoch, since } = JSON.parse(known) as { epoch: string; since: number };
    this.epoch = epoch;
    this.#since = since;
  }
}

/** Why, in a word where there is one: nothing that could hold an address or a password. */
const reasonOf = (error: Error) => (error as NodeJS.ErrnoException).code ?? error.message;
