import { randomBytes } from 'node:crypto';

/** Somebody who may sign in with a password. */
export interface Account {
  /** As it is shown; compared by `nameKey()`. */
  readonly name: string;
  /** The password, as argon2 hashes it (a PHC string). */
  readonly hash: string;
  /** When the account was made or its password changed, by the calendar (ISO 8601). */
  readonly changed: string;
}

/** Where accounts are kept. Every change is atomic. */
export interface AccountStore {
  find(name: string): Promise<Account | undefined>;
  /** Everyone's names, in no order. */
  names(): Promise<string[]>;
  /** @returns false where there is an account of this name */
  add(name: string, hash: string): Promise<boolean>;
  /** Gives an account another password. @returns false where there is none */
  change(name: string, hash: string): Promise<boolean>;
  /**
   * Replaces a hash by one of the same password, unless that was changed meanwhile: nobody is
   * signed out by it.
   */
  rehash(before: Account, hash: string): Promise<void>;
  /** @returns false where there is none */
  remove(name: string): Promise<boolean>;
  /** A secret for those who may read the accounts; it lasts as long as the accounts do. */
  secret(): Promise<string>;
  /**
   * Tells of accounts that were removed or given another password, by whichever program, by
   * their name's key, until the returned function is called.
   */
  watch(listener: (key: string) => void): () => void;
  close(): Promise<void>;
}

/** 256 bits that nobody can guess. */
export const newSecret = (): string => randomBytes(32).toString('base64url');

/**
 * A new account, or one with a new password.
 * @param before the account that it replaces, whose `changed` it never shares
 */
export const accountOf = (name: string, hash: string, before?: Account): Account => {
  const earliest = (before && Date.parse(before.changed) + 1) || 0;
  return { name, hash, changed: new Date(Math.max(Date.now(), earliest)).toISOString() };
};
