import type { CallInit } from '../core/call/call.js';
import type { KeptSession } from '../core/kept-session.js';
import { isObject } from '../protocol/shape.js';

/**
 * Puts a session by for the page that comes next in this tab, in its sessionStorage. Only as the
 * page goes away: it is taken out when read, so that a duplicated tab, which gets a copy of
 * sessionStorage, has none.
 */
export function keepSession(keeper: string, { calls, ...session }: KeptSession): void {
  // An object: old libraries give arrays a `toJSON` of their own, which spoils them.
  storage()?.setItem(keeper, JSON.stringify({ ...session, calls: { ...calls } }));
}

/** Takes out what the page before has put by. */
export function takeSession(keeper: string): KeptSession | undefined {
  const text = storage()?.getItem(keeper);
  storage()?.removeItem(keeper);
  return text ? read(text) : undefined;
}

/** Undefined where the text is not what this kit writes: other scripts of the page may write, too. */
function read(text: string): KeptSession | undefined {
  try {
    const { name, resume, at, calls } = JSON.parse(text) as Partial<KeptSession>;
    if (typeof name !== 'string' || typeof resume !== 'string') return undefined;
    const known = isObject(calls) ? (Object.values(calls) as CallInit[]) : [];
    return { name, resume, at: Number(at) || 0, calls: known };
  } catch {
    return undefined;
  }
}

/** Undefined where the person has blocked storage: then a reload signs out. */
function storage(): Storage | undefined {
  try {
    return sessionStorage;
  } catch {
    return undefined;
  }
}
