import { systemClock, type Clock } from '../time/clock.js';
import { anyone, type Admission } from './admission.js';
import { Calls } from './calls.js';
import { Client } from './client.js';
import type { Connection } from './connection.js';
import type { HubContext } from './context.js';
import type { Directory } from './directory.js';
import { MemoryDirectory } from './memory-directory.js';
import type { HubObserver } from './observer.js';
import { Presence } from './presence/presence.js';
import { SessionLifetimes } from './session-lifetimes.js';
import { defaultHubSettings, type HubSettings } from './settings.js';

/** The options of a hub; everything has a default. */
export interface HubOptions {
  settings?: Partial<HubSettings>;
  clock?: Clock;
  directory?: Directory;
  /** Decides who is admitted. By default anyone, by name. */
  admission?: Admission;
  /** Tells the time, in milliseconds since 1970. */
  date?: () => number;
  observer?: HubObserver;
}

/**
 * Knows who is online and passes messages between those who may reach each other. It owns no
 * socket: the server runs it over `ws`, a browser tab over a BroadcastChannel.
 */
export class Hub implements HubContext {
  readonly settings: HubSettings;
  readonly clock: Clock;
  readonly date: () => number;
  readonly directory: Directory;
  readonly admission: Admission;
  readonly observe: HubObserver;
  readonly presence: Presence;
  readonly #started: number;
  readonly #calls: Calls;
  readonly #sessions: SessionLifetimes;

  constructor({ settings, clock, directory, admission, date, observer }: HubOptions = {}) {
    this.settings = { ...defaultHubSettings, ...settings };
    this.clock = clock ?? systemClock;
    this.date = date ?? Date.now;
    this.directory = directory ?? new MemoryDirectory(this.settings);
    this.admission = admission ?? anyone;
    this.observe = observer ?? (() => {});
    this.presence = new Presence(this.directory, this.clock, this.settings.presenceInterval);
    this.#started = this.clock.now();
    this.#calls = new Calls(this);
    this.#sessions = new SessionLifetimes(this, this.#calls);
  }

  get recovering(): boolean {
    const { recovering = false, degraded = false } = this.directory;
    return recovering || degraded || this.clock.now() - this.#started < this.settings.resumeWindow;
  }

  get sessionsMayReturn(): boolean {
    return this.directory.recovering ?? this.recovering;
  }

  /** Serves a new connection. The caller feeds the client its frames and tells it of the close. */
  connect(connection: Connection): Client {
    return new Client({ hub: this, calls: this.#calls, sessions: this.#sessions }, connection);
  }

  /** Ends what must not outlive the hub: its watch over accounts, and every timer. */
  close(): void {
    this.#sessions.close();
    this.#calls.close();
    this.presence.close();
  }
}
