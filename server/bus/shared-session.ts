import { randomId } from 'rtc-widgets/protocol';
import { grantOf, type SessionRef, type Wish } from 'rtc-widgets/hub';

/** A session as Redis keeps it, in the list of its name. */
export interface SharedSession {
  readonly id: string;
  readonly name: string;
  readonly kit: boolean;
  readonly resume: string;
  readonly before?: string | undefined;
  readonly at: number;
  /** `process:number` of the login that has it now; empty while it is detached. */
  readonly holder: string;
  /** When it is given up, in milliseconds of Redis's clock; 0 while it is attached. */
  readonly until: number;
  /** When the token that it was let in with ends, in milliseconds since 1970. */
  readonly ends?: number | undefined;
}

/** A login at a process. */
export interface SharedWish extends Wish {
  readonly kit: boolean;
  readonly holder: string;
}

/** The sessions of a name after a change; undefined where nothing changes. */
export type Changed = SharedSession[] | undefined;

/** A login claims a name, or resumes a session; undefined where it may not. */
export function claimed(
  all: SharedSession[],
  wish: SharedWish,
): { all: SharedSession[]; mine: SharedSession; resumed: boolean } | undefined {
  const grant = grantOf(all, wish, ({ name }) => name);
  if (!grant) return undefined;
  const { resumes, name, tokens } = grant;
  const { id, kit, ends } = resumes ?? { id: randomId(), kit: wish.kit };
  const mine = { id, name, kit, ...tokens, holder: wish.holder, until: 0, ends };
  const rest = resumes ? all.map((each) => (each === resumes ? mine : each)) : [...all, mine];
  return { all: rest, mine, resumed: !!resumes };
}

/** The session of a login, changed; nothing where another login has it by now. */
export function changed(
  all: SharedSession[],
  id: string,
  holder: string,
  change: Partial<SharedSession>,
): Changed {
  const fits = (each: SharedSession) => each.id === id && each.holder === holder;
  if (!all.some(fits)) return undefined;
  return all.map((each) => (fits(each) ? { ...each, ...change } : each));
}

/** Without one session, if it is as it should be. */
export function without(
  all: SharedSession[],
  id: string,
  fits: (session: SharedSession) => boolean,
): Changed {
  const found = all.find((each) => each.id === id);
  return found && fits(found) ? all.filter((each) => each !== found) : undefined;
}

/**
 * A session that a process has is put back where it was lost; nothing where it has no place any
 * more.
 */
export function reclaimed(
  all: SharedSession[],
  mine: SharedSession,
  process: string,
  most: number,
): Changed {
  const known = all.find(({ id }) => id === mine.id);
  const elsewhere = known?.holder && processOf(known.holder) !== process;
  // A later login of the same client, at another process.
  if (known && (known.at > mine.at || (known.at === mine.at && elsewhere))) return undefined;
  if (known) return all.map((each) => (each === known ? mine : each));
  return all.length < most ? [...all, mine] : undefined;
}

/** Detaches the sessions that a process has left: those of basic clients end at once. */
export function orphaned(
  all: SharedSession[],
  lost: (session: SharedSession) => boolean,
  now: number,
  keep: number,
): Changed {
  if (!all.some(lost)) return undefined;
  const left = (kit: boolean) => ({ holder: '', until: kit ? now + keep : now });
  return all.map((each) => (lost(each) ? { ...each, ...left(each.kit) } : each));
}

/** The process of a login; empty where there is none. */
export const processOf = (holder: string) => holder.split(':', 1)[0]!;

/** A session as the hub knows it. */
export const refOf = (key: string, { id, name, kit }: SharedSession): SessionRef => ({
  id,
  name,
  key,
  kit,
});
