import { CloseCode, type Connection } from './connection.js';
import { Client } from './client.js';
import { systemClock, type Clock } from './clock.js';
import type { CallRecord, Directory, HalfCall, SessionRef } from './directory.js';
import { MemoryDirectory } from './memory-directory.js';
import type { HubObserver } from './observer.js';
import { otherEnds } from './other-ends.js';
import { mailboxFull } from './refusal.js';
import { defaultHubSettings, type HubSettings } from './settings.js';
import type { EndReason, Order, ServerMessage } from '../protocol/messages.js';

/** What a hub is made of; everything has a default. */
export interface HubOptions {
  settings?: Partial<HubSettings>;
  clock?: Clock;
  directory?: Directory;
  observer?: HubObserver;
}

/**
 * Knows who is online and passes messages between those who may reach each other. It owns no
 * socket: the server runs it over `ws`, a browser tab over a BroadcastChannel.
 */
export class Hub {
  readonly settings: HubSettings;
  readonly clock: Clock;
  readonly directory: Directory;
  readonly observe: HubObserver;
  /** Detached sessions, by id, and how to call their end off. */
  #ending = new Map<string, () => void>();
  /** How to call off the end of what one side has announced and the other has not yet. */
  #waiting = new Map<HalfCall, () => void>();
  readonly #started: number;

  constructor({ settings, clock, directory, observer }: HubOptions = {}) {
    this.settings = { ...defaultHubSettings, ...settings };
    this.clock = clock ?? systemClock;
    this.directory = directory ?? new MemoryDirectory(this.settings);
    this.observe = observer ?? (() => {});
    this.#started = this.clock.now();
    this.directory.onDue?.((session) => this.#expireSession(session));
  }

  /**
   * Whether clients of a hub before this one may still come back: what they know of, this one
   * may not know yet.
   */
  get young(): boolean {
    const { young = false, degraded = false } = this.directory;
    return young || degraded || this.clock.now() - this.#started < this.settings.resumeWindow;
  }

  /** Serves a new connection. The caller feeds the client its frames and tells it of the close. */
  connect(connection: Connection): Client {
    return new Client(this, connection);
  }

  /** Ends what must not outlive the hub: the timers of detached sessions. */
  close(): void {
    for (const cancel of this.#ending.values()) cancel();
    this.#ending.clear();
    for (const cancel of this.#waiting.values()) cancel();
    this.#waiting.clear();
  }

  /** Hands somebody's message to a session. @throws {Refusal} when it is away and takes no more */
  async pass(to: SessionRef, message: ServerMessage): Promise<boolean> {
    const delivered = await this.directory.deliver(to, message);
    if (delivered === 'full') throw mailboxFull(to.name);
    return delivered;
  }

  /** One end says that there is a call; when the other does not in time, it is over. */
  async announceCall(half: HalfCall): Promise<void> {
    const call = await this.directory.announceCall(half);
    if (call) {
      for (const end of [call.caller, ...call.callees]) {
        for (const other of otherEnds(call, end)) {
          await this.directory.deliver(end, { type: 'back', name: other.name });
        }
      }
      return;
    }
    const over = async () => {
      this.#waiting.delete(half);
      if (!(await this.directory.retractCall(half))) return;
      const { session, id } = half;
      const words = { name: half.name, call: id, reason: 'gone' } as const;
      await this.directory.deliver(session, { type: 'leave', ...words });
    };
    this.#waiting.set(
      half,
      this.clock.after(this.settings.resumeWindow, () => void this.#guarded(over())),
    );
  }

  /** Forgets a call and tells its other end that it is over. */
  async endCall(
    call: CallRecord,
    by: SessionRef,
    reason: EndReason,
    order: Order = {},
  ): Promise<void> {
    await this.directory.removeCall(call.id);
    await this.#tellEnd(call, by, reason, order);
  }

  /** Ends a session, with its calls and its hold on the name. */
  async endSession(session: SessionRef, reason: EndReason): Promise<void> {
    this.keepSession(session);
    await this.#tellEnds(session, await this.directory.release(session), reason);
  }

  /** Keeps a session whose connection is gone for a while; its partners see it as away. */
  async detachSession(session: SessionRef, code: number): Promise<void> {
    const { pageGone, resumeWindow } = this.settings;
    const keep = code === CloseCode.goingAway ? pageGone : resumeWindow;
    const cancel = this.clock.after(keep, () => void this.#guarded(this.#expireSession(session)));
    // Before anything is awaited, or a session that is resumed meanwhile would end later.
    this.#ending.set(session.id, cancel);
    await this.directory.detach(session, keep);
    // A lost connection says nothing of the page, or of a call that goes on beside it.
    if (code === CloseCode.goingAway) {
      await this.tellPartners(session, { type: 'away', name: session.name });
    }
  }

  /** Calls the end of a detached session off. */
  keepSession(session: SessionRef): void {
    this.#ending.get(session.id)?.();
    this.#ending.delete(session.id);
  }

  /** Sends a message to everyone the session has a call with, once each. */
  async tellPartners(session: SessionRef, message: ServerMessage): Promise<void> {
    const calls = await this.directory.callsOf(session);
    const partners = new Map(
      calls.flatMap((call) => otherEnds(call, session)).map((partner) => [partner.id, partner]),
    );
    for (const partner of partners.values()) await this.directory.deliver(partner, message);
  }

  /** Ends a session that was not resumed in time. */
  async #expireSession(session: SessionRef): Promise<void> {
    this.keepSession(session);
    const calls = await this.directory.expire(session);
    if (calls) await this.#tellEnds(session, calls, 'gone');
  }

  async #tellEnds(session: SessionRef, calls: CallRecord[], reason: EndReason): Promise<void> {
    this.observe({ type: 'signed-out', name: session.name, reason });
    for (const call of calls) await this.#tellEnd(call, session, reason);
  }

  async #tellEnd(
    call: CallRecord,
    by: SessionRef,
    reason: EndReason,
    order: Order = {},
  ): Promise<void> {
    const words = { name: by.name, call: call.id, reason, ...order };
    for (const end of otherEnds(call, by)) {
      await this.directory.deliver(end, { type: 'leave', ...words });
    }
    this.observe({ type: 'call-ended', call: call.id, reason });
  }

  /** What happens by itself, later, fails to the observer. */
  async #guarded(work: Promise<void>): Promise<void> {
    await work.catch((error: unknown) => this.observe({ type: 'fault', error }));
  }
}
