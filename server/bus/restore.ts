import type { Loss, SessionRef } from '../../src/hub/directory.js';
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

/** Puts into Redis what is here, and takes what waits there. Who has lost the name hears it. */
export async function restore(both: Both): Promise<void> {
  const { here, names, calls, process, now, keep } = both;
  await Promise.all(here.attached().map((mine) => reclaim(both, mine)));
  await Promise.all(
    here.directory.allCalls().map(async (call) => {
      const known = await calls.add(call);
      if (known !== call) here.directory.putCall(known);
    }),
  );
  const attached = new Set(here.attached().map(({ id }) => id));
  await names.orphan(process, now(), keep, (id) => attached.has(id) || here.expected.has(id));
  for (const { session } of here.attached()) {
    for (const message of await names.collect(session)) here.directory.deliver(session, message);
  }
}

/** Makes up in Redis for what has happened here while it was away. */
export async function settle(both: Both): Promise<void> {
  const { here, names, calls, now, keep } = both;
  // A client may have come back here, and have another token now.
  await Promise.all(here.attached().map((mine) => reclaim(both, mine)));
  for (const mine of here.detached(now() + keep)) {
    await reclaim(both, mine);
    await passOn(both, mine.session);
  }
  for (const [id, { key }] of here.endedSessions) {
    // The first to look ends it, and tells those it had calls with.
    const ended = { holder: '', until: now() };
    await names.change(key, (all) =>
      all.some((each) => each.id === id)
        ? all.map((each) => (each.id === id ? { ...each, ...ended } : each))
        : undefined,
    );
    here.endedSessions.delete(id);
  }
  for (const id of here.endedCalls) {
    await calls.remove(id, true, now());
    here.endedCalls.delete(id);
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
  let lost: Loss | undefined;
  await names.change(session.key, (all) => {
    const next = reclaimed(all, mine, process, most);
    const known = all.some(({ id }) => id === mine.id);
    lost = next ? undefined : known ? 'taken-over' : 'name-taken';
    return next;
  });
  if (lost) here.lose(session, lost);
}
