import { BaseSession } from '../core/base-session.js';
import type { Call } from '../core/call/call.js';
import type { Chat } from '../core/chat/chat.js';
import { RtcError } from '../core/errors.js';
import type { SessionSettings } from '../core/settings.js';
import type { Credentials } from '../core/signaling/signaling.js';
import type { CallKind } from '../protocol/messages.js';
import { nameKey } from '../protocol/name-key.js';
import { requireKind, requireString } from '../core/arguments.js';
import { backoff } from '../time/backoff.js';
import { loadCallPart } from './call-part.js';
import { keeperOf } from './keeper.js';
import { Presenters } from './presenters.js';
import { keepOverReload, restoreAfterReload } from './reload.js';

/**
 * A session with what a page adds: the tags that ring, show and end its calls. The part that makes
 * calls is loaded at sign-in; until it is there, messages and calls wait.
 */
export class PageSession extends BaseSession {
  readonly presenters: Presenters;

  #loading: Promise<void> | undefined;
  #attempts = 0;
  #cancelRetry: (() => void) | undefined;
  /** Calls that were asked for before the call part was there, by kind and name. */
  readonly #waiting = new Map<string, () => void>();

  /** @param target where the public events are fired: the provider, or the document */
  constructor(server: string, target: EventTarget, settings?: Partial<SessionSettings>) {
    super(server, settings);
    this.target = target;
    this.presenters = new Presenters(this);
    this.takes = (kind) => this.presenters.take(kind);
    this.signaling.subscribe(this.#onStatus);
    const keeper = keeperOf(server, target);
    keepOverReload(this, keeper);
    // A microtask later, its owner has set what it is to be set.
    queueMicrotask(() => restoreAfterReload(this, keeper));
  }

  /**
   * Signs in, and gets ready to call and to be called.
   * @throws {RtcError} when the server cannot be reached or does not let in
   * @throws {TypeError} when `name` is not a string
   */
  override async login(name: string, credentials?: Credentials): Promise<void> {
    requireString(name, 'name');
    const loading = this.prepare();
    await super.login(name, credentials);
    await loading;
  }

  /**
   * Calls somebody.
   * @returns the call, which rings; or undefined, with an `rtc-error` fired, if nobody is signed
   * in, another call is on, or `name` is no name. While the call part is on its way, undefined too:
   * the call is made once it is there
   * @throws {TypeError} when `name` is not a string or `kind` is none of `CallKind`
   */
  override call(name: string, kind: CallKind): Call | undefined {
    if (this.calls) return this.calls.call(name, kind);
    requireString(name, 'name');
    requireKind(kind);
    this.#later(`${kind} ${nameKey(name)}`, () => this.call(name, kind));
    return undefined;
  }

  override chat(name: string): Chat {
    if (this.calls) return this.calls.chat(name);
    requireString(name, 'name');
    throw new RtcError('calls-not-loaded');
  }

  override startChat(name: string): Call | undefined {
    if (this.calls) return this.calls.startChat(name);
    requireString(name, 'name');
    this.#later(`chat ${nameKey(name)}`, () => this.startChat(name));
    return undefined;
  }

  #later(key: string, make: () => void): void {
    if (this.signaling.state.status === 'signed-out') {
      return this.error(new RtcError('not-signed-in'));
    }
    this.#waiting.set(key, make);
    void this.prepare();
  }

  #onStatus = (): void => {
    const { status } = this.signaling.state;
    if (status === 'signed-out') {
      this.#stopRetry();
      this.#waiting.clear();
    } else if (!this.#cancelRetry) {
      // A session that is restored signs in by itself.
      void this.prepare();
    }
  };

  /**
   * Loads the part that makes calls, unless it is there or on its way; a sign-in does so by itself.
   * Resolves when that has been tried, `state.callPart` says with what success.
   */
  async prepare(): Promise<void> {
    if (this.calls) return;
    this.#loading ??= this.#tryToLoad();
    await this.#loading;
  }

  async #tryToLoad(): Promise<void> {
    this.#stopRetry();
    if (this.state.callPart === 'absent') this.update({ callPart: 'loading' });
    try {
      const { Calls } = await loadCallPart();
      this.begin(Calls);
      const waiting = [...this.#waiting.values()];
      this.#waiting.clear();
      for (const make of waiting) make();
    } catch (cause) {
      this.#failed(cause);
    }
    this.#loading = undefined;
  }

  /** Says so, once, and tries again until the call part is there or nobody is signed in. */
  #failed(cause: unknown): void {
    if (this.state.callPart !== 'failed') {
      this.error(new RtcError('calls-not-loaded', String(cause), { cause }));
    }
    this.update({ callPart: 'failed' });
    if (this.signaling.state.status === 'signed-out') return;
    const { clock, reconnectBase, reconnectMax } = this.settings;
    const delay = backoff(this.#attempts++, reconnectBase, reconnectMax);
    this.#cancelRetry = clock.after(delay, () => void this.prepare());
  }

  #stopRetry(): void {
    this.#cancelRetry?.();
    this.#cancelRetry = undefined;
  }
}
