import { inBackground } from './background.js';
import { callOf } from './call-rules.js';
import type { HubContext } from './context.js';
import type { CallRecord, HalfCall, SessionRef } from './directory.js';
import { tooManyCalls } from './refusal.js';

/** Calls that one end has announced and the other has not: over when it does not in time. */
export class Announcements {
  readonly #hub: HubContext;
  /** How to call the end of each off, by session, then by call. */
  readonly #waiting = new Map<string, Map<string, () => void>>();

  constructor(hub: HubContext) {
    this.#hub = hub;
  }

  /**
   * Takes one end's word.
   * @returns the call, once both ends have announced it; it is added then
   * @throws {Refusal} when the session takes part in as many calls as it may
   */
  async add(half: HalfCall): Promise<CallRecord | undefined> {
    const { directory, settings, clock, observe } = this.#hub;
    const { session, id } = half;
    await this.#checkCount(session, id);
    const first = await directory.announceCall(half);
    const call = first && callOf(first, half);
    if (call && (await directory.addCall(call))) return call;
    const waiting = this.#waiting.get(session.id) ?? new Map<string, () => void>();
    waiting.get(id)?.();
    const giveUp = () => inBackground(observe, this.#giveUp(half));
    waiting.set(id, clock.after(settings.resumeWindow, giveUp));
    this.#waiting.set(session.id, waiting);
    return undefined;
  }

  /** Forgets all, and calls their ends off. */
  clear(): void {
    for (const calls of this.#waiting.values()) for (const cancel of calls.values()) cancel();
    this.#waiting.clear();
  }

  async #checkCount(session: SessionRef, id: string): Promise<void> {
    const { directory, settings } = this.#hub;
    const known = (await directory.callsOf(session)).length;
    const waiting = this.#waiting.get(session.id);
    if (waiting?.has(id) || known + (waiting?.size ?? 0) < settings.callsPerSession) return;
    throw tooManyCalls(session.name, id);
  }

  async #giveUp(half: HalfCall): Promise<void> {
    const { directory } = this.#hub;
    const { session, id, name } = half;
    this.#forget(half);
    if (!(await directory.retractCall(half))) return;
    // If its caller has let it ring again meanwhile, it is known by that.
    if (await directory.findCall(id)) return;
    await directory.deliver(session, { type: 'leave', name, call: id, reason: 'gone' });
  }

  #forget({ session, id }: HalfCall): void {
    const waiting = this.#waiting.get(session.id);
    waiting?.delete(id);
    if (!waiting?.size) this.#waiting.delete(session.id);
  }
}
