import { randomId } from '../protocol/ids.js';
import { nameKey } from '../protocol/name-key.js';
import type { ServerMessage } from '../protocol/messages.js';
import { ByteBudget, bytesOf } from './byte-budget.js';
import { acceptedBy, areEnds, endsOf, otherKey, withoutCallee } from './call-rules.js';
import type {
  CallRecord,
  Claim,
  Directory,
  HalfCall,
  Held,
  Loss,
  PresenceListener,
  Receive,
  SessionRef,
  Taken,
} from './directory.js';
import { grantOf, holderOf, type ResumeTokens } from './session-rules.js';
import type { HubSettings } from './settings.js';

/** A session, and the connection that it belongs to. */
export interface HeldSession extends ResumeTokens {
  readonly session: SessionRef;
  /** When the token that it was let in with ends, in milliseconds since 1970. */
  ends?: number | undefined;
  /** Absent while the session is detached. */
  receive?: Receive;
  lost: (why: Loss) => void;
}

/** As much of a session as finds it. */
type SessionId = Pick<SessionRef, 'id' | 'key'>;

interface Entry extends HeldSession {
  before?: string | undefined;
  /** Messages as JSON. */
  waiting: string[];
  calls: Set<string>;
  /** Calls that have ended, the latest last: by id, the key of the person at the other end. */
  over: Map<string, string>;
}

/** Most calls of a session that are remembered after their end. */
export const MAX_OVER = 100;

/** How many early candidates of a caller are kept; a real agent has a handful for each network. */
export const MAX_HELD = 64;

type Settings = Pick<HubSettings, 'mailbox' | 'kept' | 'sessionsPerName'>;

/** The directory of a single process: Maps, and answers at once. */
export class MemoryDirectory implements Directory {
  readonly epoch = randomId();
  /** Every session of a name, by its key. */
  #byKey = new Map<string, Entry[]>();
  #calls = new Map<string, CallRecord>();
  /** Candidates of callers as JSON, by the id of the call. */
  #held = new Map<string, string[]>();
  #halves = new Map<string, HalfCall>();
  #listeners = new Set<PresenceListener>();
  #settings: Settings;
  #kept: ByteBudget;

  constructor(settings: Settings) {
    this.#settings = settings;
    this.#kept = new ByteBudget(settings.kept);
  }

  /** Bytes that are kept for people who are away, and for calls that ring. */
  get keptBytes(): number {
    return this.#kept.kept;
  }

  claim(
    name: string,
    kit: boolean,
    resume: string | undefined,
    at = 0,
    receive: Receive,
    lost: (why: Loss) => void,
  ): Claim | undefined {
    const key = nameKey(name);
    const present = this.#byKey.get(key) ?? [];
    const wish = { name, resume, at, most: this.#settings.sessionsPerName };
    const grant = grantOf(present, wish, ({ session }) => session.name);
    if (!grant) return undefined;
    const { resumes, tokens } = grant;
    if (resumes) {
      if (resumes.receive) resumes.lost('taken-over');
      Object.assign(resumes, tokens, { receive, lost });
      return { session: resumes.session, resumed: true, resume: tokens.resume };
    }
    const session: SessionRef = { id: randomId(), name: grant.name, key, kit };
    this.adopt({ session, ...tokens, receive, lost });
    if (!present.length) this.#tell(session, true);
    return { session, resumed: false, resume: tokens.resume };
  }

  /** Takes in a session that was granted elsewhere, in place of the same one. */
  adopt(held: HeldSession): void {
    const { key, id } = held.session;
    const { waiting, calls, over } = this.#entry(held.session) ?? {
      waiting: [],
      calls: new Set<string>(),
      over: new Map<string, string>(),
    };
    const others = (this.#byKey.get(key) ?? []).filter(({ session }) => session.id !== id);
    this.#byKey.set(key, [...others, { ...held, waiting, calls, over }]);
  }

  /** Lets a session go that is elsewhere by now; calls that nobody here is in go with it. */
  drop(session: SessionRef): void {
    const entry = this.#entry(session);
    if (!entry) return;
    this.collect(session);
    const rest = this.#byKey.get(session.key)!.filter((each) => each !== entry);
    if (rest.length) this.#byKey.set(session.key, rest);
    else this.#byKey.delete(session.key);
    for (const id of entry.calls) {
      const call = this.#calls.get(id)!;
      if (!endsOf(call).some((end) => this.#entry(end))) this.dropCall(id);
    }
  }

  /** A session that is here, with its token. */
  held(session: SessionId): HeldSession | undefined {
    return this.#entry(session);
  }

  /** All sessions that are here. */
  allHeld(): HeldSession[] {
    return [...this.#byKey.values()].flat();
  }

  holds(key: string, resume: string | undefined): Held | undefined {
    const entry = holderOf(resume, this.#byKey.get(key) ?? []);
    return entry && { session: entry.session, until: entry.ends };
  }

  limit(session: SessionRef, until: number): void {
    const entry = this.#entry(session);
    if (entry) entry.ends = until;
  }

  confirm(session: SessionRef): void {
    const entry = this.#entry(session);
    if (entry) entry.before = undefined;
  }

  detach(session: SessionRef): void {
    const entry = this.#entry(session);
    if (entry) delete entry.receive;
  }

  release(session: SessionRef): CallRecord[] {
    const entry = this.#entry(session);
    if (!entry) return [];
    const over = this.callsOf(session).filter(({ id }) => !this.quitCall(id, session));
    for (const { id } of over) this.removeCall(id);
    this.collect(session);
    for (const half of this.#halves.values()) {
      if (half.session.id === session.id) this.#halves.delete(half.id);
    }
    const rest = this.#byKey.get(session.key)!.filter((each) => each !== entry);
    if (rest.length) {
      this.#byKey.set(session.key, rest);
    } else {
      this.#byKey.delete(session.key);
      this.#tell(session, false);
    }
    return over;
  }

  expire(session: SessionRef): CallRecord[] | undefined {
    return this.#entry(session)?.receive ? undefined : this.release(session);
  }

  locate(key: string): SessionRef[] {
    return (this.#byKey.get(key) ?? []).map(({ session }) => session);
  }

  deliver(session: SessionId, message: ServerMessage): boolean | 'full' {
    const entry = this.#entry(session);
    if (!entry) return false;
    if (entry.receive) return entry.receive(message) || 'full';
    if (message.type === 'ack') return true;
    const text = JSON.stringify(message);
    const room = entry.waiting.length < this.#settings.mailbox;
    if (!room || !this.#kept.take(session.id, bytesOf(text))) return 'full';
    entry.waiting.push(text);
    return true;
  }

  /** Empties the mailbox of a session. @returns its messages, in order */
  collect(session: SessionRef): ServerMessage[] {
    return this.#read(session.id, this.#entry(session)?.waiting.splice(0) ?? []);
  }

  addCall(call: CallRecord): boolean {
    if (this.#calls.has(call.id)) return false;
    this.#calls.set(call.id, call);
    for (const end of endsOf(call)) this.#entry(end)?.calls.add(call.id);
    return true;
  }

  findCall(id: string): CallRecord | undefined {
    return this.#calls.get(id);
  }

  /** Takes in a call as it is elsewhere, in place of what was known of it. */
  putCall(call: CallRecord): void {
    this.dropCall(call.id);
    this.addCall(call);
  }

  /** Lets a call go that is elsewhere by now, or over. */
  dropCall(id: string): void {
    const call = this.#calls.get(id);
    if (!call) return;
    this.#calls.delete(id);
    this.#letGo(call);
    for (const end of endsOf(call)) this.#entry(end)?.calls.delete(id);
  }

  /** All calls that are known here. */
  allCalls(): CallRecord[] {
    return [...this.#calls.values()];
  }

  holdCandidate(id: string, candidate: ServerMessage): boolean | 'full' {
    const call = this.#calls.get(id);
    if (call?.accepted !== false) return false;
    const held = this.#held.get(id) ?? [];
    const text = JSON.stringify(candidate);
    if (held.length >= MAX_HELD || !this.#kept.take(call.caller.id, bytesOf(text))) return 'full';
    this.#held.set(id, [...held, text]);
    return true;
  }

  takeCall(id: string, by: SessionRef): Taken | undefined {
    const taken = acceptedBy(this.#calls.get(id), by);
    if (!taken) return undefined;
    const { call, others } = taken;
    this.#calls.set(id, call);
    for (const other of others) this.#entry(other)?.calls.delete(id);
    return { others, held: this.#letGo(call) };
  }

  quitCall(id: string, session: SessionRef): boolean {
    const call = this.#calls.get(id);
    const rest = call && withoutCallee(call, session);
    if (!rest) return false;
    this.#calls.set(id, rest);
    this.#entry(session)?.calls.delete(id);
    return true;
  }

  announceCall(half: HalfCall): HalfCall | undefined {
    const { id, session } = half;
    const first = this.#halves.get(id);
    if (first && areEnds(first, half)) {
      this.#halves.delete(id);
      return first;
    }
    // A stranger's word changes nothing.
    if (!first || first.session.id === session.id) this.#halves.set(id, half);
    return undefined;
  }

  retractCall(half: HalfCall): boolean {
    return this.#halves.get(half.id) === half && this.#halves.delete(half.id);
  }

  callsOf(session: SessionRef): CallRecord[] {
    return [...(this.#entry(session)?.calls ?? [])].map((id) => this.#calls.get(id)!);
  }

  removeCall(id: string, heard = true): void {
    const call = this.#calls.get(id);
    if (!call) return;
    this.dropCall(id);
    for (const end of endsOf(call)) {
      const { over } = this.#entry(end) ?? {};
      if (heard) over?.set(id, otherKey(call, end));
      if (over && over.size > MAX_OVER) over.delete(over.keys().next().value!);
    }
  }

  wasCall(id: string, one: string, other: string): boolean {
    const knows = (key: string, partner: string) =>
      this.#byKey.get(key)?.some(({ over }) => over.get(id) === partner);
    return !this.#calls.has(id) && !!(knows(one, other) || knows(other, one));
  }

  *online(): Iterable<string> {
    for (const [entry] of this.#byKey.values()) yield entry!.session.name;
  }

  watch(listener: PresenceListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** The candidates that were kept of a call; none are any more. */
  #letGo({ id, caller }: CallRecord): ServerMessage[] {
    const held = this.#held.get(id) ?? [];
    this.#held.delete(id);
    return this.#read(caller.id, held);
  }

  /** Reads messages again that were kept for a session, and counts their bytes out. */
  #read(owner: string, texts: string[]): ServerMessage[] {
    return texts.map((text) => {
      this.#kept.give(owner, bytesOf(text));
      return JSON.parse(text) as ServerMessage;
    });
  }

  /** The entry of exactly this session: a name may have changed hands since. */
  #entry({ key, id }: SessionId): Entry | undefined {
    return this.#byKey.get(key)?.find(({ session }) => session.id === id);
  }

  #tell({ key, name }: SessionRef, online: boolean): void {
    for (const listener of this.#listeners) listener(key, name, online);
  }
}
