import type { CallRecord, Loss, SessionRef } from 'rtc-widgets/hub';
import type { Mirror, MirroredSession } from './mirror.js';
import type { MissedChanges } from './missed-changes.js';
import type { SharedCalls } from './shared-calls.js';
import type { SharedNames } from './shared-names.js';
import { reclaimed } from './shared-session.js';

/** The state of this process and of Redis, which may have been away or lost its data. */
export interface Sides {
  mirror: Mirror;
  missed: MissedChanges;
  names: SharedNames;
  calls: SharedCalls;
  /** This process. */
  process: string;
  now: () => number;
  /** How long a session waits for its client. */
  keep: number;
  /** How many sessions a name may have. */
  most: number;
}

/** Puts into Redis what is here, and takes what is there. A session that has lost its name ends. */
export async function restore(sides: Sides): Promise<void> {
  const { mirror, names, calls, process, now, keep } = sides;
  await Promise.all(mirror.attached().map((mine) => reclaim(sides, mine)));
  await forgetEndedCalls(sides);
  await Promise.all(mirror.memory.allCalls().map((call) => mergeCall(sides, call)));
  // Calls that nobody could tell this process of.
  await Promise.all(mirror.attached().map(({ session }) => learnCalls(mirror, calls, session)));
  const attached = new Set(mirror.attached().map(({ id }) => id));
  const isHere = (id: string) => attached.has(id) || mirror.expected.has(id);
  await names.orphan(process, now(), keep, isHere);
  for (const { session } of mirror.attached()) {
    for (const message of await names.collect(session)) mirror.memory.deliver(session, message);
  }
}

/** Makes up in Redis for what has happened here while it was being restored. */
export async function settle(sides: Sides): Promise<void> {
  const { mirror, missed, names, now, keep } = sides;
  const changed = [...missed.changedCalls.values()];
  missed.changedCalls.clear();
  await Promise.all(changed.map((call) => mergeCall(sides, call)));
  // A client may have come back here, and have another token now.
  await Promise.all(mirror.attached().map((mine) => reclaim(sides, mine)));
  for (const mine of mirror.detached(now() + keep)) {
    await reclaim(sides, mine);
    await passOn(mirror, names, mine.session);
  }
  for (const [id, { key }] of missed.endedSessions) {
    missed.endedSessions.delete(id);
    // The first process to look ends it, and tells those it had calls with.
    const ended = { holder: '', until: now() };
    await names.change(key, (all) =>
      all.some((each) => each.id === id)
        ? all.map((each) => (each.id === id ? { ...each, ...ended } : each))
        : undefined,
    );
  }
  await forgetEndedCalls(sides);
}

/** Reads the calls of a session that has come here, or that Redis was away from. */
export async function learnCalls(
  mirror: Mirror,
  calls: SharedCalls,
  session: SessionRef,
): Promise<void> {
  await mirror.learn(
    calls.ofSession(session).then((all) => all.map((call) => [call.id, call] as const)),
  );
}

/** Gives a session that is away, and its mailbox, out of this process's hands. */
export async function passOn(
  mirror: Mirror,
  names: SharedNames,
  session: SessionRef,
): Promise<void> {
  const waiting = mirror.memory.collect(session);
  mirror.drop(session);
  for (const message of waiting) await names.deliver(session, message);
}

async function mergeCall({ mirror, calls }: Sides, call: CallRecord): Promise<void> {
  await mirror.learn(calls.merge(call).then((now) => [[call.id, now] as const]));
}

async function forgetEndedCalls({ missed: { endedCalls }, calls, now }: Sides): Promise<void> {
  for (const [id, heard] of endedCalls) {
    await calls.remove(id, heard, now());
    endedCalls.delete(id);
  }
}

async function reclaim(
  { mirror, names, process, most }: Sides,
  { session, ...mine }: MirroredSession,
): Promise<void> {
  const { memory, holders } = mirror;
  const holder = holders.get(mine.id)!;
  let lost: Loss | undefined;
  await names.change(session.key, (all) => {
    lost = undefined;
    const held = memory.held(session);
    // It has gone from here, or come back here, since.
    const same = holders.get(mine.id) === holder && !!held?.receive === !!mine.holder;
    if (!held || !same) return undefined;
    const next = reclaimed(all, mine, process, most);
    const known = all.some(({ id }) => id === mine.id);
    lost = next ? undefined : known ? 'taken-over' : 'name-taken';
    return next;
  });
  if (lost) mirror.lose(session, holder, lost);
}
