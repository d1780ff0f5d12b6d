import {
  acceptedBy,
  areEnds,
  type CallRecord,
  endsOf,
  type HalfCall,
  isEnd,
  MAX_HELD,
  MAX_OVER,
  otherKey,
  type SessionRef,
  withoutCallee,
} from 'rtc-widgets/hub';
import type { ServerMessage } from 'rtc-widgets/protocol';
import * as keys from './keys.js';
import type { RedisLink } from './redis-link.js';
import { ifUnchanged } from './scripts.js';
import type { SharedNames } from './shared-names.js';

/**
 * The news of a call, for all processes: the process that says it and knows it already, the id, and
 * the call as it is now.
 */
export type CallNews = [process: string, id: string, call: CallRecord | null];

/** A call before and after a change, and what the commands answered that went with it. */
interface Change {
  before: CallRecord | undefined;
  after: CallRecord | undefined;
  answers: unknown[];
}

/**
 * Calls, as all processes share them. A call and its two ends are in three places: the ends are
 * told first of one that begins and last of one that ends, and what they say counts only where the
 * call says the same. Fails where the link does.
 */
export class SharedCalls {
  readonly #link: () => RedisLink;
  readonly #names: SharedNames;
  readonly #process: string;

  constructor(link: () => RedisLink, names: SharedNames, process: string) {
    this.#link = link;
    this.#names = names;
    this.#process = process;
  }

  async find(id: string): Promise<CallRecord | undefined> {
    return read<CallRecord>(await this.#link().send<string | null>('GET', keys.callAt(id)));
  }

  /**
   * Makes one of a call as a process knew it while Redis was away and as Redis knows it. All hear of
   * it, this process too, as others may say something of the call before it has the answer.
   * @returns what it is now; undefined where it is over
   */
  async merge(call: CallRecord): Promise<CallRecord | undefined> {
    const { id } = call;
    const first = await this.find(id);
    const [{ key: one }, { key: other }] = endsOf(call) as [SessionRef, SessionRef];
    if (first ? !merged(first, call) : await this.was(id, one, other)) return first;
    if (!first) await this.#join(call);
    // If the call is gone since it was found, it is over.
    const { before, after } = await this.#change(
      id,
      first,
      (known) => (known || !first ? merged(known, call) : undefined),
      [],
      '',
    );
    return after ?? before;
  }

  /** @returns the call of this id: another than the one to add where that is in use */
  async add(call: CallRecord): Promise<CallRecord> {
    const { id } = call;
    await this.#join(call);
    const { before } = await this.#change(id, undefined, (known) => (known ? undefined : call));
    if (!before) return call;
    const strangers = endsOf(call).filter((end) => !isEnd(before, end));
    await Promise.all(strangers.map((end) => this.#part(end, id)));
    return before;
  }

  /** @returns false when it is not ringing any more, and `full` when no more is kept */
  async holdCandidate(call: CallRecord, candidate: ServerMessage): Promise<boolean | 'full'> {
    const at = keys.candidatesAt(call.id);
    const { after, answers } = await this.#change(
      call.id,
      call,
      (known) => (known?.accepted === false ? known : undefined),
      [
        ['RPUSH', at, JSON.stringify(candidate)],
        ['LTRIM', at, '0', String(MAX_HELD - 1)],
      ],
    );
    if (!after) return false;
    return Number(answers[0]) > MAX_HELD ? 'full' : true;
  }

  /** @returns the call as it was, as it is, and what was kept; undefined where another took it */
  async take(id: string, call: CallRecord | undefined, by: SessionRef) {
    const at = keys.candidatesAt(id);
    const { before, after, answers } = await this.#change(
      id,
      call,
      (known) => acceptedBy(known, by)?.call,
      [
        ['LRANGE', at, '0', '-1'],
        ['DEL', at],
      ],
    );
    if (!before || !after) return undefined;
    const others = before.callees.filter((callee) => callee.id !== by.id);
    await Promise.all(others.map((other) => this.#part(other, id)));
    const held = (answers[0] as string[]).map((each) => JSON.parse(each) as ServerMessage);
    return { after, others, held };
  }

  /** @returns the call where it still rings; undefined where it rang in this session only */
  async quit(id: string, session: SessionRef): Promise<CallRecord | undefined> {
    const { after } = await this.#change(
      id,
      undefined,
      (known) => known && withoutCallee(known, session),
    );
    if (after) await this.#part(session, id);
    return after;
  }

  /** @param heard whether its ends remember it. @returns the call, if there was one */
  async remove(id: string, heard: boolean, now: number): Promise<CallRecord | undefined> {
    const known = await this.find(id);
    if (!known) return undefined;
    const { before } = await this.#change(id, known, (call) => (call ? null : undefined), [
      ['DEL', keys.candidatesAt(id)],
    ]);
    if (!before) return undefined;
    await Promise.all(
      endsOf(before).map((end) =>
        this.#part(end, id, heard ? { with: otherKey(before, end), now } : undefined),
      ),
    );
    return before;
  }

  /** The calls among these that a session is in. */
  async ofSession(session: SessionRef, ids?: string[]): Promise<CallRecord[]> {
    const { key, id } = session;
    ids ??= await this.#link().send<string[]>('SMEMBERS', keys.callsAt(key, id));
    const found = await Promise.all(ids.map((each) => this.find(each)));
    return found.filter((call): call is CallRecord => !!call && isEnd(call, session));
  }

  /** Whether there was a call between two people, as the name of either remembers. */
  async was(id: string, one: string, other: string): Promise<boolean> {
    const remembers = (key: string, partner: string) =>
      this.#link().send<string | null>('ZSCORE', keys.overAt(key), overMember(id, partner));
    const [call, ...over] = await Promise.all([
      this.#link().send<number>('EXISTS', keys.callAt(id)),
      remembers(one, other),
      remembers(other, one),
    ]);
    return !call && over.some((when) => when !== null);
  }

  /** @returns what the other end has announced, where that fits; it is forgotten then */
  async announce(half: HalfCall, keep: number): Promise<HalfCall | undefined> {
    const at = keys.halfAt(half.id);
    const { session } = half;
    for (let state = await this.#get(at); ;) {
      const first = read<HalfCall>(state);
      const mine = !first || first.session.id === session.id;
      const fits = !!first && areEnds(first, half);
      if (!mine && !fits) return undefined;
      const command = fits ? ['DEL', at] : ['SET', at, JSON.stringify(half), 'PX', String(keep)];
      const [done, now] = await this.#ifUnchanged(at, state, [command]);
      if (done) return fits ? first : undefined;
      state = now;
    }
  }

  /** @returns whether it was still waiting */
  async retract(half: HalfCall): Promise<boolean> {
    const at = keys.halfAt(half.id);
    const [done] = await this.#ifUnchanged(at, JSON.stringify(half), [['DEL', at]]);
    return !!done;
  }

  /**
   * Changes a call, also if other processes do at the same time.
   * @param guess what it is thought to be
   * @param change what becomes of it: null ends it, undefined leaves it
   * @param by who knows it without being told
   */
  async #change(
    id: string,
    guess: CallRecord | undefined,
    change: (call: CallRecord | undefined) => CallRecord | null | undefined,
    commands: string[][] = [],
    by = this.#process,
  ): Promise<Change> {
    const at = keys.callAt(id);
    for (let state = guess ? write(guess) : await this.#get(at), sure = !guess; ; sure = true) {
      const before = read<CallRecord>(state);
      const after = change(before);
      if (after === undefined && sure) return { before, after, answers: [] };
      const next = after === undefined ? [] : this.#become(id, before, after, by);
      const [done, answer] = await this.#ifUnchanged(
        at,
        state,
        after === undefined ? [] : [...commands, ...next],
      );
      if (done) return { before, after: after ?? undefined, answers: answer };
      state = answer;
    }
  }

  /** The commands that make a call another, and tell it. */
  #become(
    id: string,
    before: CallRecord | undefined,
    after: CallRecord | null,
    by: string,
  ): string[][] {
    if (before === after) return [];
    const at = keys.callAt(id);
    const news: CallNews = [by, id, after];
    return [
      after ? ['SET', at, write(after)] : ['DEL', at],
      ['PUBLISH', keys.CALLS, JSON.stringify(news)],
    ];
  }

  async #ifUnchanged(at: string, state: string, commands: string[][]) {
    const touched = [at, ...commands.flatMap(([name, key]) => (name === 'PUBLISH' ? [] : [key!]))];
    const args = [state, JSON.stringify(commands)];
    return this.#link().run<[0, string] | [1, unknown[]]>(ifUnchanged, touched, args);
  }

  async #get(at: string): Promise<string> {
    return (await this.#link().send<string | null>('GET', at)) ?? '';
  }

  /** The ends of a call know of it. */
  async #join(call: CallRecord): Promise<void> {
    const join = ({ key, id }: SessionRef) => [['SADD', keys.callsAt(key, id), call.id]];
    await Promise.all(endsOf(call).map((end) => this.#names.ifPresent(end, join(end))));
  }

  /**
   * A session is in a call no more.
   * @param over the two people of the call, for its name to remember for a while
   */
  async #part(
    { key, id: session }: SessionRef,
    id: string,
    over?: { with: string; now: number },
  ): Promise<void> {
    const commands = [['SREM', keys.callsAt(key, session), id]];
    if (over) {
      const at = keys.overAt(key);
      commands.push(['ZADD', at, String(over.now), overMember(id, over.with)]);
      commands.push(['ZREMRANGEBYRANK', at, '0', String(-MAX_OVER - 1)]);
    }
    await this.#names.ifPresent({ key, id: session } as SessionRef, commands);
  }
}

/** A call that has ended and its people, as a name remembers it. */
const overMember = (id: string, partner: string) => `${id} ${partner}`;

/** Once taken a call stays so, and it rings in ever fewer sessions; undefined where it is as known. */
function merged(known: CallRecord | undefined, call: CallRecord): CallRecord | undefined {
  if (!known) return call;
  if (known.accepted) return undefined;
  if (call.accepted) return call;
  const callees = known.callees.filter((callee) => isEnd(call, callee));
  return callees.length && callees.length < known.callees.length
    ? { ...known, callees }
    : undefined;
}

const read = <T>(state: string | null) => (state ? (JSON.parse(state) as T) : undefined);

/** Always in the same order, as it is compared. */
const write = ({ id, kind, caller, callees, accepted }: CallRecord) => {
  const ref = ({ id, name, key, kit }: SessionRef) => ({ id, name, key, kit });
  return JSON.stringify({ id, kind, caller: ref(caller), callees: callees.map(ref), accepted });
};
