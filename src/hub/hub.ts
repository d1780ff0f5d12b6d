import { anyone, type Admission } from './admission.js';
import { CloseCode, type Connection } from './connection.js';
import { Client } from './client.js';
import { systemClock, type Clock } from '../time/clock.js';
import type { CallRecord, Directory, HalfCall, Held, SessionRef } from './directory.js';
import { HeldNames } from './held-names.js';
import { MemoryDirectory } from './memory-directory.js';
import type { HubObserver } from './observer.js';
import { otherEnds } from './call-rules.js';
import { Presence } from './presence/presence.js';
import { mailboxFull, tooManyCalls } from './refusal.js';
import { Rings } from './rings.js';
import { defaultHubSettings, type HubSettings } from './settings.js';
import type { EndReason, Order, ServerMessage } from '../protocol/messages.js';

/** What a hub is made of; everything has a default. */
export interface HubOptions {
  settings?: Partial<HubSettings>;
  clock?: Clock;
  directory?: Directory;
  /** Who is let in. By default anyone, by name. */
  admission?: Admission;
  /** What time it is, in milliseconds since 1970. */
  date?: () => number;
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
  readonly admission: Admission;
  readonly date: () => number;
  readonly observe: HubObserver;
  readonly rings: Rings;
  /** Sessions that came over a connection to this hub, by address. */
  readonly names = new HeldNames();
  /** Tells who is online. */
  readonly presence: Presence;
  /** Those who are signed in over a connection to this hub. */
  readonly clients = new Set<Client>();
  /** Detached sessions, by id, and how to call their end off. */
  #ending = new Map<string, () => void>();
  /** What one side has announced and the other has not yet, by session, call, and how to call its end off. */
  #waiting = new Map<string, Map<string, () => void>>();
  readonly #started: number;
  readonly #unwatch: () => void;

  constructor({ settings, clock, directory, admission, date, observer }: HubOptions = {}) {
    this.settings = { ...defaultHubSettings, ...settings };
    this.clock = clock ?? systemClock;
    this.directory = directory ?? new MemoryDirectory(this.settings);
    this.admission = admission ?? anyone;
    this.date = date ?? Date.now;
    this.observe = observer ?? (() => {});
    this.rings = new Rings(this.settings.rings, {
      clock: this.clock,
      stillRings: async (id) => (await this.directory.findCall(id))?.accepted === false,
      ringTooLong: (id) => void this.#guarded(this.#endRing(id)),
    });
    this.presence = new Presence(this.directory, this.clock, this.settings.presenceInterval);
    this.#started = this.clock.now();
    this.directory.onDue?.((session) => this.#expireSession(session));
    this.#unwatch = this.admission.watch((key) => void this.#guarded(this.#signOut(key)));
  }

  /**
   * Whether clients of a hub before this one may still come back: what they know of, this one
   * may not know yet.
   */
  get young(): boolean {
    const { young = false, degraded = false } = this.directory;
    return young || degraded || this.clock.now() - this.#started < this.settings.resumeWindow;
  }

  /** Whether sessions that began before this hub did are not known here, and may yet come back. */
  get forgetful(): boolean {
    return this.directory.young ?? this.young;
  }

  /** Serves a new connection. The caller feeds the client its frames and tells it of the close. */
  connect(connection: Connection): Client {
    return new Client(this, connection);
  }

  /** A client has a session now. */
  joined(client: Client, session: SessionRef): void {
    this.clients.add(client);
    this.keepSession(session);
    this.names.add(session.id, client.address);
  }

  /** Ends what must not outlive the hub: its watch over accounts, and every timer. */
  close(): void {
    this.#unwatch();
    this.rings.clear();
    this.presence.close();
    for (const cancel of this.#ending.values()) cancel();
    this.#ending.clear();
    for (const calls of this.#waiting.values()) for (const cancel of calls.values()) cancel();
    this.#waiting.clear();
  }

  /** Hands somebody's message to a session. @throws {Refusal} when it is away and takes no more */
  async pass(to: SessionRef, message: ServerMessage): Promise<boolean> {
    const delivered = await this.directory.deliver(to, message);
    if (delivered === 'full') throw mailboxFull(to.name);
    return delivered;
  }

  /**
   * One end says that there is a call; when the other does not in time, it is over.
   * @throws {Refusal} when it says so of too many
   */
  async announceCall(half: HalfCall): Promise<void> {
    const { session, id } = half;
    const waiting = this.#waiting.get(session.id) ?? new Map<string, () => void>();
    const known = (await this.directory.callsOf(session)).length;
    if (known + waiting.size >= this.settings.callsPerSession && !waiting.has(id)) {
      throw tooManyCalls(session.name, id);
    }
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
      this.#forgetHalf(half);
      if (!(await this.directory.retractCall(half))) return;
      // Its caller may have let it ring again meanwhile: then it is known by that.
      if (await this.directory.findCall(id)) return;
      const words = { name: half.name, call: id, reason: 'gone' } as const;
      await this.directory.deliver(session, { type: 'leave', ...words });
    };
    waiting.get(id)?.();
    waiting.set(
      id,
      this.clock.after(this.settings.resumeWindow, () => void this.#guarded(over())),
    );
    this.#waiting.set(session.id, waiting);
  }

  #forgetHalf({ session, id }: HalfCall): void {
    const waiting = this.#waiting.get(session.id);
    waiting?.delete(id);
    if (!waiting?.size) this.#waiting.delete(session.id);
  }

  /** Ends a call that has rung for as long as any may: both ends hear that nobody answered. */
  async #endRing(id: string): Promise<void> {
    const call = await this.directory.findCall(id);
    if (call?.accepted !== false) return;
    await this.directory.removeCall(id);
    const reason = 'no-answer';
    const { caller, callees } = call;
    const [{ name }] = callees as [SessionRef];
    await this.directory.deliver(caller, { type: 'decline', name, call: id, reason });
    for (const callee of callees) {
      const told = { type: 'cancel', name: caller.name, call: id, reason } as const;
      await this.directory.deliver(callee, told);
    }
    this.observe({ type: 'call-ended', call: id, reason });
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
    this.names.delete(session.id);
    await this.#tellEnds(session, await this.directory.release(session), reason);
  }

  /** Whether a session may be resumed; one that may not is over. */
  async mayGoOn({ session, until }: Held): Promise<boolean> {
    const may =
      until === undefined ? await this.admission.knows(session.name) : this.date() < until;
    if (!may) await this.endSession(session, 'signed-out');
    return may;
  }

  /**
   * Keeps a session whose connection is gone for a while; its partners see it as away.
   * @param unused whether it has sent nothing to anybody
   */
  async detachSession(session: SessionRef, code: number, unused: boolean): Promise<void> {
    const { pageGone, resumeWindow, unusedNamesPerAddress, unusedNameKeep } = this.settings;
    const usual = code === CloseCode.goingAway ? pageGone : resumeWindow;
    const many = unused && this.names.leaveUnused(session.id) > unusedNamesPerAddress;
    const keep = many ? Math.min(usual, unusedNameKeep) : usual;
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

  /** Ends all sessions of an account that is not what it was. */
  async #signOut(key: string): Promise<void> {
    for (const client of this.clients) {
      if (client.session?.key === key) {
        await client.end(CloseCode.accountChanged, 'The account has changed');
      }
    }
    for (const session of await this.directory.locate(key)) {
      await this.endSession(session, 'signed-out');
    }
  }

  /** Ends a session that was not resumed in time. */
  async #expireSession(session: SessionRef): Promise<void> {
    this.keepSession(session);
    this.names.delete(session.id);
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
    this.rings.end(call.id);
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
