import { nameKey } from '../../protocol/name-key.js';

/**
 * Keeps a session's resume token over a reload of the page, in the tab's sessionStorage. It is
 * written only as the page goes away and taken out when read, so that a duplicated tab, which
 * gets a copy of sessionStorage, has none.
 */
const storageKey = (server: string) => `rtc-widgets:${server}`;

/** Puts the token by for the page that comes next in this tab. */
export function keepToken(server: string, name: string, token: string): void {
  storage()?.setItem(storageKey(server), JSON.stringify([nameKey(name), token]));
}

/** Takes the token out, if the page before had the same name. */
export function takeToken(server: string, name: string): string | undefined {
  const kept = storage()?.getItem(storageKey(server));
  if (!kept) return undefined;
  storage()?.removeItem(storageKey(server));
  const [key, token] = JSON.parse(kept) as [string, string];
  return key === nameKey(name) ? token : undefined;
}

/** Undefined where the person has blocked storage: then a reload has to wait for its name. */
function storage(): Storage | undefined {
  try {
    return sessionStorage;
  } catch {
    return undefined;
  }
}
