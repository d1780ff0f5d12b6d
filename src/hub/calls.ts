import type { EndReason, Order, ServerMessage } from '../protocol/messages.js';
import { Announcements } from './announcements.js';
import { inBackground } from './background.js';
import { endsOf, otherEnds } from './call-rules.js';
import type { HubContext } from './context.js';
import type { CallRecord, HalfCall, SessionRef } from './directory.js';
import { mailboxFull, noSuchCall, notOnline, Refusal, tooManyCalls } from './refusal.js';
import { relay } from './relay.js';
import { Rings } from './rings.js';

/** Makes, accepts, announces and ends calls, and tells both ends. */
export class Calls {
  readonly #hub: HubContext;
  readonly #rings: Rings;
  readonly #announcements: Announcements;

  constructor(hub: HubContext) {
    this.#hub = hub;
    this.#announcements = new Announcements(hub);
    this.#rings = new Rings(hub.settings.rings, {
      clock: hub.clock,
      stillRings: async (id) => (await hub.directory.findCall(id))?.accepted === false,
      ringTooLong: (id) => inBackground(hub.observe, this.#endUnanswered(id)),
    });
  }

  /**
   * Adds a call and lets it ring.
   * @param address where the caller's connection comes from
   * @throws {Refusal} if the caller has as many calls as allowed, not counting what rings at
   * them; when too much rings at the callee; or when nobody hears the ring
   */
  async ring(call: CallRecord, message: ServerMessage, address: string): Promise<void> {
    const { directory, observe } = this.#hub;
    const { id, kind, caller, callees } = call;
    await this.#checkCount(caller, id);
    if (await directory.findCall(id)) throw callExists(id);
    await this.#rings.begin(call, address);
    if (!(await directory.addCall(call))) {
      this.#rings.end(id);
      throw callExists(id);
    }
    const heard: (boolean | 'full')[] = [];
    for (const callee of callees) heard.push(await directory.deliver(callee, message));
    const [callee] = callees as [SessionRef];
    if (!heard.includes(true)) {
      // A directory that is degraded cannot know who heard it: a kit client rings again.
      const unsure = directory.degraded && 'link' in message;
      if (!unsure) await this.remove(id, false);
      throw heard.includes('full') ? mailboxFull(callee.name, id) : notOnline(callee.name, id);
    }
    observe({ type: 'call-started', call: id, kind, from: caller.name, to: callee.name });
  }

  /** Passes the ring of a known call on once more, if it may be. */
  async ringAgain({ id, callees }: CallRecord, message: ServerMessage): Promise<void> {
    // The caller repeats it later, if need be.
    if (!this.#rings.mayRepeat(id)) return;
    for (const callee of callees) await relay(this.#hub.directory, callee, message);
  }

  /**
   * Tells the caller, gives the callee the candidates that were kept until now, and stops the
   * ringing in the callee's other sessions.
   * @throws {Refusal} when another session has accepted, or the call is over
   */
  async accept(ringing: CallRecord, callee: SessionRef, answer: ServerMessage): Promise<void> {
    const { directory, observe } = this.#hub;
    const { id: call, caller } = ringing;
    const taken = await directory.takeCall(call, callee);
    if (!taken) throw noSuchCall(call);
    this.#rings.end(call);
    await relay(directory, caller, answer);
    for (const candidate of taken.held) await directory.deliver(callee, candidate);
    const reason = 'answered-elsewhere';
    for (const other of taken.others) {
      await directory.deliver(other, { type: 'cancel', name: caller.name, call, reason });
    }
    observe({ type: 'call-accepted', call });
  }

  /**
   * Takes the announcement of one end, in a hub that may have lost its state.
   * @throws {Refusal} when the session takes part in as many calls as it may
   */
  async announce(half: HalfCall): Promise<void> {
    const call = await this.#announcements.add(half);
    for (const end of call ? endsOf(call) : []) {
      for (const { name } of otherEnds(call!, end)) {
        await this.#hub.directory.deliver(end, { type: 'back', name });
      }
    }
  }

  /** Forgets a call and tells its other end that it is over. */
  async end(call: CallRecord, by: SessionRef, reason: EndReason, order?: Order): Promise<void> {
    await this.#hub.directory.removeCall(call.id);
    await this.tellEnd(call, by, reason, order);
  }

  /** Tells the other end of a call that is forgotten already. */
  async tellEnd(
    call: CallRecord,
    by: SessionRef,
    reason: EndReason,
    order: Order = {},
  ): Promise<void> {
    const { directory, observe } = this.#hub;
    this.#rings.end(call.id);
    const words = { name: by.name, call: call.id, reason, ...order };
    for (const end of otherEnds(call, by)) {
      await directory.deliver(end, { type: 'leave', ...words });
    }
    observe({ type: 'call-ended', call: call.id, reason });
  }

  /**
   * Forgets a call and tells nobody.
   * @param heard false where it has reached nobody, and may be tried again
   */
  async remove(id: string, heard = true): Promise<void> {
    this.#rings.end(id);
    await this.#hub.directory.removeCall(id, heard);
  }

  /** Sends a message to each session that a session has a call with, once. */
  async tellPartners(session: SessionRef, message: ServerMessage): Promise<void> {
    const { directory } = this.#hub;
    const ends = (await directory.callsOf(session)).flatMap((call) => otherEnds(call, session));
    const partners = new Map(ends.map((partner) => [partner.id, partner]));
    for (const partner of partners.values()) await directory.deliver(partner, message);
  }

  /** Calls off every timer. */
  close(): void {
    this.#rings.clear();
    this.#announcements.clear();
  }

  async #checkCount(caller: SessionRef, id: string): Promise<void> {
    const { directory, settings } = this.#hub;
    const own = (await directory.callsOf(caller)).filter(
      (each) => each.accepted || each.caller.id === caller.id,
    );
    if (own.length >= settings.callsPerSession) throw tooManyCalls(caller.name, id);
  }

  /** Ends a call that has rung for as long as it may: both ends hear that nobody answered. */
  async #endUnanswered(id: string): Promise<void> {
    const { directory, observe } = this.#hub;
    const call = await directory.findCall(id);
    if (call?.accepted !== false) return;
    await directory.removeCall(id);
    const reason = 'no-answer';
    const { caller, callees } = call;
    const [{ name }] = callees as [SessionRef];
    await directory.deliver(caller, { type: 'decline', name, call: id, reason });
    for (const callee of callees) {
      await directory.deliver(callee, { type: 'cancel', name: caller.name, call: id, reason });
    }
    observe({ type: 'call-ended', call: id, reason });
  }
}

const callExists = (id: string) => new Refusal('call-exists', 'The id of this call is in use', id);
