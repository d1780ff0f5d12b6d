import {
  type CallRecord,
  endsOf,
  type HeldSession,
  type HubSettings,
  type Loss,
  MemoryDirectory,
  type SessionRef,
} from 'rtc-widgets/hub';
import type { ServerMessage } from 'rtc-widgets/protocol';
import type { SharedSession } from './shared-session.js';

/** A session of this process, as Redis should know it. */
export type MirroredSession = SharedSession & { session: SessionRef };

/** The part of Redis that this process needs at hand: its own sessions, and their calls. */
export class Mirror {
  readonly memory: MemoryDirectory;
  /** The login that each session here belongs to, as Redis knows it. */
  readonly holders = new Map<string, string>();
  /** Sessions that a login here is about to get, and who takes messages for them. */
  readonly expected = new Map<string, (message: ServerMessage) => void>();
  /** Ids of calls that changed while others were being read, one set per reading. */
  readonly #changedMeanwhile = new Set<Set<string>>();
  readonly #process: string;
  #logins = 0;

  constructor(settings: HubSettings, process: string) {
    this.memory = new MemoryDirectory(settings);
    this.#process = process;
  }

  /** Names a login, unlike any other of any process. */
  newHolder(): string {
    return `${this.#process}:${++this.#logins}`;
  }

  /** A login has got its session. */
  adopt(held: HeldSession, holder: string): void {
    const { session } = held;
    const before = this.memory.held(session);
    // The answer to the earlier of two logins may come later.
    if (before && before.at > held.at) return held.lost('taken-over');
    if (before?.receive) before.lost('taken-over');
    this.memory.adopt(held);
    this.holders.set(session.id, holder);
  }

  /** A session is not here any more. */
  drop(session: SessionRef): void {
    this.memory.drop(session);
    this.holders.delete(session.id);
  }

  /** The session of a login is not this process's any more, and its client hears why. */
  lose(session: Pick<SessionRef, 'id' | 'key'>, holder: string, why: Loss): void {
    const held = this.memory.held(session);
    // A later login here may have it by now.
    if (!held || this.holders.get(session.id) !== holder) return;
    this.drop(held.session);
    if (held.receive) held.lost(why);
  }

  /**
   * Keeps a call as it is now, if a session here is in it.
   * @param call undefined where it is over
   */
  know(id: string, call: CallRecord | undefined): void {
    this.noteChange(id);
    if (call && endsOf(call).some((end) => this.memory.held(end))) this.memory.putCall(call);
    else this.memory.dropCall(id);
  }

  /** Keeps calls as they are read, by their ids, but for those that change meanwhile. */
  async learn(
    reading: Promise<Iterable<readonly [id: string, call: CallRecord | undefined]>>,
  ): Promise<void> {
    const changed = new Set<string>();
    this.#changedMeanwhile.add(changed);
    try {
      for (const [id, call] of await reading) if (!changed.has(id)) this.know(id, call);
    } finally {
      this.#changedMeanwhile.delete(changed);
    }
  }

  /** A call changes: what is being read of it now is old. */
  noteChange(id: string): void {
    for (const changed of this.#changedMeanwhile) changed.add(id);
  }

  /** Sessions with a connection. */
  attached(): MirroredSession[] {
    return this.memory.allHeld().flatMap((held) => {
      const holder = this.holders.get(held.session.id);
      return held.receive && holder ? [asShared(held, holder, 0)] : [];
    });
  }

  /** Sessions that lost their connection while Redis was away. */
  detached(until: number): MirroredSession[] {
    const away = this.memory.allHeld().filter(({ receive }) => !receive);
    return away.map((held) => asShared(held, '', until));
  }
}

function asShared(held: HeldSession, holder: string, until: number): MirroredSession {
  const { session, resume, before, at, ends } = held;
  const { id, name, kit } = session;
  return { session, id, name, kit, resume, before, at, holder, until, ends };
}
