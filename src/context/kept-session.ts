import type { KeptSession } from '../core/kept-session.js';

const storageKey = (server: string) => `rtc-widgets:${server}`;

/**
 * Puts a session by for the page that comes next in this tab, in its sessionStorage. Only as the
 * page goes away: it is taken out when read, so that a duplicated tab, which gets a copy of
 * sessionStorage, has none.
 */
export function keepSession(server: string, session: KeptSession): void {
  storage()?.setItem(storageKey(server), JSON.stringify(session));
}

/** Takes out what the page before has put by. */
export function takeSession(server: string): KeptSession | undefined {
  const kept = storage()?.getItem(storageKey(server));
  storage()?.removeItem(storageKey(server));
  return kept ? (JSON.parse(kept) as KeptSession) : undefined;
}

/** Undefined where the person has blocked storage: then a reload signs out. */
function storage(): Storage | undefined {
  try {
    return sessionStorage;
  } catch {
    return undefined;
  }
}
