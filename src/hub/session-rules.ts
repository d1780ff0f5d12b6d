import { randomId } from '../protocol/ids.js';

/** The tokens with which a client resumes its session, as a directory keeps them. */
export interface ResumeTokens {
  readonly resume: string;
  /** The token before, until the client is known to have the present one. */
  readonly before?: string | undefined;
  /** When the login was made that the session belongs to now. */
  readonly at: number;
}

/** The wish of a login. */
export interface Wish {
  readonly name: string;
  /** The token of the session to resume. */
  readonly resume: string | undefined;
  /** When the login was made. */
  readonly at: number;
  /** How many sessions a name may have. */
  readonly most: number;
}

/** The grant of a login: the session that it resumes, or a new one. */
export interface Grant<T> {
  readonly resumes: T | undefined;
  /** How the name is shown: further sessions of a name are shown as the first is. */
  readonly name: string;
  readonly tokens: ResumeTokens;
}

/** The session that a token resumes. */
export function holderOf<T extends Omit<ResumeTokens, 'at'>>(
  token: string | undefined,
  sessions: readonly T[],
): T | undefined {
  if (!token) return undefined;
  return sessions.find(({ resume, before }) => resume === token || before === token);
}

/**
 * Decides what a login gets.
 * @param sessions of the name, the first signed in first
 * @param nameOf how the name of a session is shown
 * @returns undefined when the name is taken, or when a later login has the session
 */
export function grantOf<T extends ResumeTokens>(
  sessions: readonly T[],
  { name, resume, at, most }: Wish,
  nameOf: (session: T) => string,
): Grant<T> | undefined {
  const resumes = holderOf(resume, sessions);
  if (resumes ? at < resumes.at : sessions.length >= most) return undefined;
  const [shown] = resumes ? [resumes] : sessions;
  return {
    resumes,
    name: shown ? nameOf(shown) : name,
    tokens: { resume: randomId(), before: resume, at },
  };
}
