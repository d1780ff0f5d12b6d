import type { CallRecord, Loss, SessionRef } from 'rtc-widgets/hub';
import type { SharedCalls } from './shared-calls.js';
import { reclaimed, type SharedSession } from './shared-session.js';
import type { SharedNames } from './shared-names.js';
import type { Here } from './mirror.js';

/** What is here, and what is in Redis, which may have been away or lost its data. */
export interface Both {
  here: Here;
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

/** Puts into Redis what is here, and takes what is there. Who has lost the name hears it. */
export async function restore(both: Both): Promise<void> {
  const { here, names, process, now, keep } = both;
  await Promise.all(here.attached().map((mine) => reclaim(both, mine)));
  await forgetEndedCalls(both);
  await Promise.all(here.directory.allCalls().map((call) => mergeCall(both, call)));
  // Those that nobody could tell this process of.
  await Promise.all(here.attached().map(({ session }) => learnCalls(both, session)));
  const attached = new Set(here.attached().map(({ id }) => id));
  await names.orphan(process, now(), keep, (id) => attached.has(id) || here.expected.has(id));
  for (const { session } of here.attached()) {
    for (const message of await names.collect(session)) here.directory.deliver(session, message);
  }
}

/** Makes up in Redis for what has happened here while it was being restored. */
export async function settle(both: Both): Promise<void> {
  const { here, names, now, keep } = both;
  const made = [...here.madeCalls.values()];
  here.madeCalls.clear();
  await Promise.all(made.map((call) => mergeCall(both, call)));
  // A client may have come back here, and have another token now.
  await Promise.all(here.attached().map((mine) => reclaim(both, mine)));
  for (const mine of here.detached(now() + keep)) {
    await reclaim(both, mine);
    await passOn(both, mine.session);
  }
  for (const [id, { key }] of here.endedSessions) {
    here.endedSessions.delete(id);
    // The first to look ends it, and tells those it had calls with.
    const ended = { holder: '', until: now() };
    await names.change(key, (all) =>
      all.some((each) => each.id === id)
        ? all.map((each) => (each.id === id ? { ...each, ...ended } : each))
        : undefined,
    );
  }
  await forgetEndedCalls(both);
}

/** Knows the calls of a session that has come here, or that Redis was away from. */
export async function learnCalls({ here, calls }: Both, session: SessionRef): Promise<void> {
  await here.learn(
    calls.ofSession(session).then((all) => all.map((call) => [call.id, call] as const)),
  );
}

async function mergeCall({ here, calls }: Both, call: CallRecord): Promise<void> {
  await here.learn(calls.merge(call).then((now) => [[call.id, now] as const]));
}

async function forgetEndedCalls({ here: { endedCalls }, calls, now }: Both): Promise<void> {
  for (const [id, heard] of endedCalls) {
    await calls.remove(id, heard, now());
    endedCalls.delete(id);
  }
}

/** Gives a session that is away, and what waits for it, out of this process's hands. */
export async function passOn({ here, names }: Both, session: SessionRef): Promise<void> {
  const waiting = here.directory.collect(session);
  here.drop(session);
  for (const message of waiting) await names.deliver(session, message);
}

async function reclaim(
  { here, names, process, most }: Both,
  { session, ...mine }: SharedSession & { session: SessionRef },
): Promise<void> {
  const { directory, holders } = here;
  const holder = holders.get(mine.id)!;
  let lost: Loss | undefined;
  await names.change(session.key, (all) => {
    lost = undefined;
    const held = directory.held(session);
    // It has gone from here, or come back here, since.
    const same = holders.get(mine.id) === holder && !!held?.receive === !!mine.holder;
    if (!held || !same) return undefined;
    const next = reclaimed(all, mine, process, most);
    const known = all.some(({ id }) => id === mine.id);
    lost = next ? undefined : known ? 'taken-over' : 'name-taken';
    return next;
  });
  if (lost) here.lose(session, holder, lost);
}
