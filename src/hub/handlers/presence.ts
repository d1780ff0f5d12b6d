import { ROSTER_PAGE_SIZE } from '../../protocol/limits.js';
import type { Client } from '../client.js';
import type { SessionRef } from '../directory.js';
import { Refusal } from '../refusal.js';
import type { Message } from './message.js';

/** Starts or stops telling a client who is online: all of them once, then the changes. */
export async function watch(
  client: Client,
  session: SessionRef,
  { on }: Message<'watch'>,
): Promise<void> {
  client.unwatch?.();
  client.unwatch = on ? tellChanges(client, session) : undefined;
  if (!on) return;
  const { directory, settings } = client.hub;
  const others: string[] = [];
  let cut = false;
  for (const name of await directory.online()) {
    if (name === session.name) continue;
    cut = others.length === settings.rosterSize;
    if (cut) break;
    others.push(name);
  }
  for (let start = 0; start === 0 || start < others.length; start += ROSTER_PAGE_SIZE) {
    const names = others.slice(start, start + ROSTER_PAGE_SIZE);
    client.send({ type: 'roster', names, more: start + ROSTER_PAGE_SIZE < others.length });
  }
  if (cut) {
    const words = `Only ${settings.rosterSize} of the people online are listed`;
    client.refuse(new Refusal('roster-cut', words));
  }
}

/** Gathers changes for a moment and sends them together, the last state of each name. */
function tellChanges(client: Client, session: SessionRef): () => void {
  const { clock, directory, settings } = client.hub;
  const changed = new Map<string, { name: string; online: boolean }>();
  let cancel: (() => void) | undefined;

  const flush = () => {
    cancel = undefined;
    const all = [...changed.values()];
    changed.clear();
    for (let start = 0; start < all.length; start += ROSTER_PAGE_SIZE) {
      const page = all.slice(start, start + ROSTER_PAGE_SIZE);
      const names = (online: boolean) =>
        page.filter((change) => change.online === online).map((change) => change.name);
      client.send({ type: 'presence', online: names(true), offline: names(false) });
    }
  };
  const unwatch = directory.watch((key, name, online) => {
    if (key === session.key) return;
    changed.set(key, { name, online });
    cancel ??= clock.after(settings.presenceInterval, flush);
  });
  return () => {
    cancel?.();
    unwatch();
  };
}
