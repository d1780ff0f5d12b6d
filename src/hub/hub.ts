import { CloseCode, type Connection } from './connection.js';
import { Client } from './client.js';
import { systemClock, type Clock } from './clock.js';
import type { CallRecord, Directory, SessionRef } from './directory.js';
import { MemoryDirectory } from './memory-directory.js';
import type { HubObserver } from './observer.js';
import { otherEnd } from './other-end.js';
import { defaultHubSettings, type HubSettings } from './settings.js';
import type { EndReason, ServerMessage } from '../protocol/messages.js';

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

  constructor({ settings, clock, directory, observer }: HubOptions = {}) {
    this.settings = { ...defaultHubSettings, ...settings };
    this.clock = clock ?? systemClock;
    this.directory = directory ?? new MemoryDirectory(this.settings.mailbox);
    this.observe = observer ?? (() => {});
  }

  /** Serves a new connection. The caller feeds the client its frames and tells it of the close. */
  connect(connection: Connection): Client {
    return new Client(this, connection);
  }

  /** Ends what must not outlive the hub: the timers of detached sessions. */
  close(): void {
    for (const cancel of this.#ending.values()) cancel();
    this.#ending.clear();
  }

  /** Forgets a call and tells its other end that it is over. */
  async endCall(call: CallRecord, by: SessionRef, reason: EndReason): Promise<void> {
    await this.directory.removeCall(call.id);
    await this.#tellEnd(call, by, reason);
  }

  /** Ends a session, with its calls and its hold on the name. */
  async endSession(session: SessionRef, reason: EndReason): Promise<void> {
    this.keepSession(session);
    await this.#tellEnds(session, await this.directory.release(session), reason);
  }

  /** Keeps a session whose connection is gone for a while; its partners see it as away. */
  async detachSession(session: SessionRef, code: number): Promise<void> {
    const { pageGone, resumeWindow } = this.settings;
    const cancel = this.clock.after(code === CloseCode.goingAway ? pageGone : resumeWindow, () => {
      this.#expireSession(session).catch((error: unknown) => {
        this.observe({ type: 'fault', error });
      });
    });
    // Before anything is awaited, or a session that is resumed meanwhile would end later.
    this.#ending.set(session.id, cancel);
    await this.directory.detach(session);
    await this.tellPartners(session, { type: 'away', name: session.name });
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
      calls.map((call) => otherEnd(call, session)).map((partner) => [partner.id, partner]),
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

  async #tellEnd(call: CallRecord, by: SessionRef, reason: EndReason): Promise<void> {
    await this.directory.deliver(otherEnd(call, by), {
      type: 'leave',
      name: by.name,
      call: call.id,
      reason,
    });
    this.observe({ type: 'call-ended', call: call.id, reason });
  }
}
