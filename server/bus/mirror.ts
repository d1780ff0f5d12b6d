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

/** What this process has: the sessions whose connections are here, and their calls. */
export class Here {
  readonly directory: MemoryDirectory;
  /** The login that each session here belongs to, as Redis knows it. */
  readonly holders = new Map<string, string>();
  /** Sessions that a login here is about to get, and who hears what comes for them. */
  readonly expected = new Map<string, (message: ServerMessage) => void>();
  /** What ended while Redis was away, for it to hear of. */
  readonly endedSessions = new Map<string, SessionRef>();
  /** Ids of calls, each with whether its ends remember it. */
  readonly endedCalls = new Map<string, boolean>();
  /** Calls made or changed while Redis was away, by their ids, for all to hear of. */
  readonly madeCalls = new Map<string, CallRecord>();
  /** Calls that changed while others were being read. */
  readonly #changedWhile = new Set<Set<string>>();
  readonly #process: string;
  #logins = 0;

  constructor(settings: HubSettings, process: string) {
    this.directory = new MemoryDirectory(settings);
    this.#process = process;
  }

  /** Names a login, as no other ever was. */
  newHolder(): string {
    return `${this.#process}:${++this.#logins}`;
  }

  /** A login has got its session. */
  adopt(held: HeldSession, holder: string): void {
    const { session } = held;
    const before = this.directory.held(session);
    // Of two logins at once, the answer to the earlier may come later.
    if (before && before.at > held.at) return held.lost('taken-over');
    if (before?.receive) before.lost('taken-over');
    this.directory.adopt(held);
    this.holders.set(session.id, holder);
  }

  /** A session is not here any more. */
  drop(session: SessionRef): void {
    this.directory.drop(session);
    this.holders.delete(session.id);
  }

  /** The session of a login is not this process's any more, and its client hears why. */
  lose(session: Pick<SessionRef, 'id' | 'key'>, holder: string, why: Loss): void {
    const held = this.directory.held(session);
    // A later login here may have it by now.
    if (!held || this.holders.get(session.id) !== holder) return;
    this.drop(held.session);
    if (held.receive) held.lost(why);
  }

  /** What a call is now, if somebody here is in it; undefined where it is over. */
  know(id: string, call: CallRecord | undefined): void {
    this.#noteChange(id);
    if (call && endsOf(call).some((end) => this.directory.held(end))) this.directory.putCall(call);
    else this.directory.dropCall(id);
  }

  /** Knows calls as they are read, by their ids, but for those that change meanwhile. */
  async learn(
    reading: Promise<Iterable<readonly [id: string, call: CallRecord | undefined]>>,
  ): Promise<void> {
    const changed = new Set<string>();
    this.#changedWhile.add(changed);
    try {
      for (const [id, call] of await reading) if (!changed.has(id)) this.know(id, call);
    } finally {
      this.#changedWhile.delete(changed);
    }
  }

  /** A call was made or changed while Redis is away. */
  madeCall(id: string): void {
    this.#noteChange(id);
    this.madeCalls.set(id, this.directory.findCall(id)!);
  }

  /** A call has ended while Redis is away. */
  endedCall(id: string, heard: boolean): void {
    this.#noteChange(id);
    this.endedCalls.set(id, heard);
  }

  /** Sessions with a connection, as Redis should know them. */
  attached(): (SharedSession & { session: SessionRef })[] {
    return this.directory.allHeld().flatMap((held) => {
      const holder = this.holders.get(held.session.id);
      return held.receive && holder ? [asShared(held, holder, 0)] : [];
    });
  }

  /** Sessions that lost their connection while Redis was away. */
  detached(until: number): (SharedSession & { session: SessionRef })[] {
    const away = this.directory.allHeld().filter(({ receive }) => !receive);
    return away.map((held) => asShared(held, '', until));
  }

  #noteChange(id: string): void {
    for (const changed of this.#changedWhile) changed.add(id);
  }
}

function asShared(held: HeldSession, holder: string, until: number) {
  const { session, resume, before, at, ends } = held;
  const { id, name, kit } = session;
  return { session, id, name, kit, resume, before, at, holder, until, ends };
}
