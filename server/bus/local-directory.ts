import type {
  CallRecord,
  Claim,
  HalfCall,
  Held,
  Loss,
  MemoryDirectory,
  PresenceListener,
  Receive,
  SessionRef,
  Taken,
} from 'rtc-widgets/hub';
import { nameKey, type ServerMessage } from 'rtc-widgets/protocol';
import type { DirectoryCommands } from './directory-commands.js';
import type { Mirror } from './mirror.js';
import type { MissedChanges } from './missed-changes.js';

/**
 * The directory of this process alone, while Redis is away: serves those who are here, grants no
 * new name, and notes what Redis misses.
 */
export class LocalDirectory implements DirectoryCommands {
  readonly #mirror: Mirror;
  readonly #memory: MemoryDirectory;
  readonly #missed: MissedChanges;

  constructor(mirror: Mirror, missed: MissedChanges) {
    this.#mirror = mirror;
    this.#memory = mirror.memory;
    this.#missed = missed;
  }

  claim(
    name: string,
    kit: boolean,
    resume: string | undefined,
    at: number | undefined,
    receive: Receive,
    lost: (why: Loss) => void,
  ): Claim | undefined | 'unavailable' {
    // A client of a session here may resume it; any other cannot be told from a stranger.
    if (!this.#memory.holds(nameKey(name), resume)) return 'unavailable';
    const claim = this.#memory.claim(name, kit, resume, at, receive, lost);
    if (!claim) return undefined;
    this.#mirror.holders.set(claim.session.id, this.#mirror.newHolder());
    // Other processes could not know another token.
    Object.assign(this.#memory.held(claim.session)!, { resume });
    return { ...claim, resume: resume! };
  }

  holds(key: string, resume: string): Held | undefined {
    return this.#memory.holds(key, resume);
  }

  limit(session: SessionRef, until: number): void {
    this.#memory.limit(session, until);
  }

  confirm(session: SessionRef): void {
    this.#memory.confirm(session);
  }

  detach(session: SessionRef): void {
    if (this.#mirror.holders.has(session.id)) this.#memory.detach(session);
  }

  release(session: SessionRef): CallRecord[] {
    this.#mirror.holders.delete(session.id);
    this.#missed.endedSessions.set(session.id, session);
    const calls = this.#memory.release(session);
    for (const { id } of calls) this.#missed.changedCalls.delete(id);
    return calls;
  }

  expire(session: SessionRef): CallRecord[] | undefined {
    if (!this.#memory.held(session)) return undefined;
    const calls = this.#memory.expire(session);
    if (calls) this.#missed.endedSessions.set(session.id, session);
    return calls;
  }

  locate(key: string): SessionRef[] {
    return this.#memory.locate(key);
  }

  deliver(session: SessionRef, message: ServerMessage): boolean | 'full' {
    return this.#memory.deliver(session, message);
  }

  collect(session: SessionRef): ServerMessage[] {
    return this.#memory.collect(session);
  }

  addCall(call: CallRecord): boolean {
    const added = this.#memory.addCall(call);
    if (added) this.#noteChange(call.id);
    return added;
  }

  findCall(id: string): CallRecord | undefined {
    return this.#memory.findCall(id);
  }

  holdCandidate(id: string, candidate: ServerMessage): boolean | 'full' {
    return this.#memory.holdCandidate(id, candidate);
  }

  takeCall(id: string, by: SessionRef): Taken | undefined {
    const taken = this.#memory.takeCall(id, by);
    if (taken) this.#noteChange(id);
    return taken;
  }

  quitCall(id: string, session: SessionRef): boolean {
    const rings = this.#memory.quitCall(id, session);
    if (rings) this.#noteChange(id);
    return rings;
  }

  announceCall(half: HalfCall): HalfCall | undefined {
    return this.#memory.announceCall(half);
  }

  retractCall(half: HalfCall): boolean {
    return this.#memory.retractCall(half);
  }

  callsOf(session: SessionRef): CallRecord[] {
    return this.#memory.callsOf(session);
  }

  removeCall(id: string, heard = true): void {
    this.#mirror.noteChange(id);
    this.#missed.endedCalls.set(id, heard);
    this.#memory.removeCall(id, heard);
  }

  wasCall(id: string, one: string, other: string): boolean {
    return this.#memory.wasCall(id, one, other);
  }

  online(): Iterable<string> {
    return this.#memory.online();
  }

  watch(listener: PresenceListener): () => void {
    return this.#memory.watch(listener);
  }

  /** A call was made or changed. */
  #noteChange(id: string): void {
    this.#mirror.noteChange(id);
    this.#missed.changedCalls.set(id, this.#memory.findCall(id)!);
  }
}
