import { randomId } from '../protocol/ids.js';
import { nameKey } from '../protocol/name-key.js';
import type { ServerMessage } from '../protocol/messages.js';
import type { CallRecord, Claim, Directory, PresenceListener, SessionRef } from './directory.js';

interface Entry {
  session: SessionRef;
  resume: string;
  /** Absent while the session is detached. */
  receive?: (message: ServerMessage) => void;
  lost: () => void;
  waiting: ServerMessage[];
  calls: Set<string>;
}

/** The directory of a single process: Maps, and answers at once. */
export class MemoryDirectory implements Directory {
  readonly epoch = randomId();
  #byKey = new Map<string, Entry>();
  #calls = new Map<string, CallRecord>();
  #listeners = new Set<PresenceListener>();
  #mailbox: number;

  /** @param mailbox frames kept for a detached session */
  constructor(mailbox: number) {
    this.#mailbox = mailbox;
  }

  claim(
    name: string,
    kit: boolean,
    resume: string | undefined,
    receive: (message: ServerMessage) => void,
    lost: () => void,
  ): Claim {
    const key = nameKey(name);
    const present = this.#byKey.get(key);
    if (present) {
      if (!resume || resume !== present.resume) return undefined;
      if (present.receive) present.lost();
      present.receive = receive;
      present.lost = lost;
      present.resume = randomId();
      return { session: present.session, resumed: true, resume: present.resume };
    }
    const session: SessionRef = { id: randomId(), name, key, kit };
    const entry: Entry = {
      session,
      resume: randomId(),
      receive,
      lost,
      waiting: [],
      calls: new Set(),
    };
    this.#byKey.set(key, entry);
    this.#tell(session, true);
    return { session, resumed: false, resume: entry.resume };
  }

  detach(session: SessionRef): void {
    const entry = this.#entry(session);
    if (entry) delete entry.receive;
  }

  release(session: SessionRef): CallRecord[] {
    if (!this.#entry(session)) return [];
    const calls = this.callsOf(session);
    for (const { id } of calls) this.removeCall(id);
    this.#byKey.delete(session.key);
    this.#tell(session, false);
    return calls;
  }

  expire(session: SessionRef): CallRecord[] | undefined {
    return this.#entry(session)?.receive ? undefined : this.release(session);
  }

  locate(key: string): SessionRef | undefined {
    return this.#byKey.get(key)?.session;
  }

  deliver(session: SessionRef, message: ServerMessage): boolean {
    const entry = this.#entry(session);
    if (!entry) return false;
    if (entry.receive) {
      entry.receive(message);
    } else {
      entry.waiting.push(message);
      if (entry.waiting.length > this.#mailbox) entry.waiting.shift();
    }
    return true;
  }

  /** What waited for a detached session, in order; the mailbox is empty afterwards. */
  collect(session: SessionRef): ServerMessage[] {
    return this.#entry(session)?.waiting.splice(0) ?? [];
  }

  addCall(call: CallRecord): boolean {
    if (this.#calls.has(call.id)) return false;
    this.#calls.set(call.id, call);
    this.#entry(call.caller)?.calls.add(call.id);
    this.#entry(call.callee)?.calls.add(call.id);
    return true;
  }

  findCall(id: string): CallRecord | undefined {
    return this.#calls.get(id);
  }

  callsOf(session: SessionRef): CallRecord[] {
    return [...(this.#entry(session)?.calls ?? [])].map((id) => this.#calls.get(id)!);
  }

  removeCall(id: string): void {
    const call = this.#calls.get(id);
    if (!call) return;
    this.#calls.delete(id);
    this.#entry(call.caller)?.calls.delete(id);
    this.#entry(call.callee)?.calls.delete(id);
  }

  *online(): Iterable<string> {
    for (const { session } of this.#byKey.values()) yield session.name;
  }

  watch(listener: PresenceListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** The entry of exactly this session: a name may have changed hands since. */
  #entry(session: SessionRef): Entry | undefined {
    const entry = this.#byKey.get(session.key);
    return entry?.session.id === session.id ? entry : undefined;
  }

  #tell({ key, name }: SessionRef, online: boolean): void {
    for (const listener of this.#listeners) listener(key, name, online);
  }
}
