import { randomId } from '../protocol/ids.js';
import { nameKey } from '../protocol/name-key.js';
import type { ServerMessage } from '../protocol/messages.js';
import type {
  CallRecord,
  Claim,
  Directory,
  HalfCall,
  Held,
  PresenceListener,
  SessionRef,
} from './directory.js';
import type { HubSettings } from './settings.js';

interface Entry {
  session: SessionRef;
  resume: string;
  /** The token before, until the client is known to have the present one. */
  before: string | undefined;
  /** When the login that it belongs to now was made. */
  at: number;
  /** See {@link Held}. */
  until?: number;
  /** Absent while the session is detached. */
  receive?: (message: ServerMessage) => void;
  lost: () => void;
  waiting: ServerMessage[];
  calls: Set<string>;
  /** Ids of calls that have ended, the latest last. */
  over: Set<string>;
}

/** Most calls of a session that are remembered after their end. */
const MAX_OVER = 100;

/** The directory of a single process: Maps, and answers at once. */
export class MemoryDirectory implements Directory {
  readonly epoch = randomId();
  /** Every session of a name, by its key. */
  #byKey = new Map<string, Entry[]>();
  #calls = new Map<string, CallRecord>();
  #halves = new Map<string, HalfCall>();
  #listeners = new Set<PresenceListener>();
  #settings: Pick<HubSettings, 'mailbox' | 'sessionsPerName'>;

  constructor(settings: Pick<HubSettings, 'mailbox' | 'sessionsPerName'>) {
    this.#settings = settings;
  }

  claim(
    name: string,
    kit: boolean,
    resume: string | undefined,
    at = 0,
    receive: (message: ServerMessage) => void,
    lost: () => void,
  ): Claim {
    const key = nameKey(name);
    const present = this.#byKey.get(key) ?? [];
    const mine = resume ? this.#resumed(key, resume) : undefined;
    if (mine) {
      if (at < mine.at) return undefined;
      if (mine.receive) mine.lost();
      Object.assign(mine, { at, receive, lost, before: resume, resume: randomId() });
      return { session: mine.session, resumed: true, resume: mine.resume };
    }
    if (present.length >= this.#settings.sessionsPerName) return undefined;
    // Further sessions of a name are shown as the first is.
    const shown = present[0]?.session.name ?? name;
    const session: SessionRef = { id: randomId(), name: shown, key, kit };
    const entry: Entry = {
      session,
      resume: randomId(),
      before: resume,
      at,
      receive,
      lost,
      waiting: [],
      calls: new Set(),
      over: new Set(),
    };
    this.#byKey.set(key, [...present, entry]);
    if (!present.length) this.#tell(session, true);
    return { session, resumed: false, resume: entry.resume };
  }

  holds(key: string, resume: string): Held | undefined {
    const entry = this.#resumed(key, resume);
    return entry && { session: entry.session, until: entry.until };
  }

  limit(session: SessionRef, until: number): void {
    const entry = this.#entry(session);
    if (entry) entry.until = until;
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

  deliver(session: SessionRef, message: ServerMessage): boolean | 'full' {
    const entry = this.#entry(session);
    if (!entry) return false;
    if (entry.receive) entry.receive(message);
    else if (entry.waiting.length < this.#settings.mailbox) entry.waiting.push(message);
    else return 'full';
    return true;
  }

  /** What waited for a detached session, in order; the mailbox is empty afterwards. */
  collect(session: SessionRef): ServerMessage[] {
    return this.#entry(session)?.waiting.splice(0) ?? [];
  }

  addCall(call: CallRecord): boolean {
    if (this.#calls.has(call.id)) return false;
    this.#calls.set(call.id, call);
    for (const end of [call.caller, ...call.callees]) this.#entry(end)?.calls.add(call.id);
    return true;
  }

  findCall(id: string): CallRecord | undefined {
    return this.#calls.get(id);
  }

  takeCall(id: string, by: SessionRef): SessionRef[] {
    const call = this.#calls.get(id);
    if (!call) return [];
    const others = call.callees.filter((callee) => callee.id !== by.id);
    for (const other of others) this.#entry(other)?.calls.delete(id);
    call.callees = [by];
    call.accepted = true;
    return others;
  }

  quitCall(id: string, session: SessionRef): boolean {
    const call = this.#calls.get(id);
    if (!call || call.caller.id === session.id || call.callees.length < 2) return false;
    call.callees = call.callees.filter((callee) => callee.id !== session.id);
    this.#entry(session)?.calls.delete(id);
    return true;
  }

  announceCall(half: HalfCall): CallRecord | undefined {
    const { id, kind, session, other, caller } = half;
    const first = this.#halves.get(id);
    const fits = first && first.session.key === other && first.other === session.key;
    if (!fits || first.session.id === session.id) {
      // Whose it is, nobody else can say.
      if (!first || first.session.id === session.id) this.#halves.set(id, half);
      return undefined;
    }
    this.#halves.delete(id);
    const call: CallRecord = {
      id,
      kind,
      caller: caller ? session : first.session,
      callees: [caller ? first.session : session],
      accepted: first.accepted || half.accepted,
      held: [],
    };
    return this.addCall(call) ? call : undefined;
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
    this.#calls.delete(id);
    for (const end of [call.caller, ...call.callees]) {
      const { calls, over } = this.#entry(end) ?? {};
      calls?.delete(id);
      if (heard) over?.add(id);
      if (over && over.size > MAX_OVER) over.delete(over.values().next().value!);
    }
  }

  wasCall(id: string, ...keys: string[]): boolean {
    const entries = keys.flatMap((key) => this.#byKey.get(key) ?? []);
    return !this.#calls.has(id) && entries.some(({ over }) => over.has(id));
  }

  *online(): Iterable<string> {
    for (const [entry] of this.#byKey.values()) yield entry!.session.name;
  }

  watch(listener: PresenceListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #resumed(key: string, resume: string): Entry | undefined {
    const fits = (entry: Entry) => entry.resume === resume || entry.before === resume;
    return this.#byKey.get(key)?.find(fits);
  }

  /** The entry of exactly this session: a name may have changed hands since. */
  #entry({ key, id }: SessionRef): Entry | undefined {
    return this.#byKey.get(key)?.find(({ session }) => session.id === id);
  }

  #tell({ key, name }: SessionRef, online: boolean): void {
    for (const listener of this.#listeners) listener(key, name, online);
  }
}
