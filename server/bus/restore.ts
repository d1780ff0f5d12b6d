import type { CallRecord, Loss, SessionRef } from '../../src/hub/directory.js';
import { endsOf } from '../../src/hub/memory-directory.js';
import type { SharedCalls } from './shared-calls.js';
import { reclaimed, type SharedSession } from './shared-session.js';
import type { SharedNames } from './shared-names.js';
import type { Here } from './here.js';

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

/**
 * Puts into Redis what is here, and takes what waits there. Who has lost the name hears it.
 * @param lostData whether Redis knows no more than what it is told now
 */
export async function restore(both: Both, lostData: boolean): Promise<void> {
  const { here, names, process, now, keep } = both;
  await Promise.all(here.attached().map((mine) => reclaim(both, mine)));
  await forgetEndedCalls(both);
  await Promise.all(here.directory.allCalls().map((call) => restoreCall(both, call, lostData)));
  const attached = new Set(here.attached().map(({ id }) => id));
  await names.orphan(process, now(), keep, (id) => attached.has(id) || here.expected.has(id));
  for (const { session } of here.attached()) {
    for (const message of await names.collect(session)) here.directory.deliver(session, message);
  }
}

/** Makes up in Redis for what has happened here while it was being restored. */
export async function settle(both: Both): Promise<void> {
  const { here, names, calls, now, keep } = both;
  // Calls that only this process can know, before anybody asks Redis for one.
  const ours = here.directory.allCalls().filter((call) => isOurs(both, call));
  await Promise.all(ours.map((call) => calls.put(call)));
  // Those whose ends have gone to other servers meanwhile, which have not heard of them.
  for (const call of here.madeCalls.values()) {
    const known = isOurs(both, call) ? call : await calls.add(call);
    if (call.accepted && !known.accepted) await calls.put(call);
  }
  here.madeCalls.clear();
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

/** Whether all who are in a call are here, so that nobody else can have changed it. */
const isOurs = ({ here: { directory } }: Both, call: CallRecord) =>
  endsOf(call).every((end) => directory.held(end));

/** What others may know better, or have forgotten. */
async function restoreCall(both: Both, call: CallRecord, lostData: boolean): Promise<void> {
  if (isOurs(both, call)) return;
  const { here, calls } = both;
  const { directory } = here;
  const known = lostData ? await calls.add(call) : await calls.find(call.id);
  if (!known) directory.dropCall(call.id);
  else if (known !== call) directory.putCall(known);
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
