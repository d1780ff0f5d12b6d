import {
  type Admission,
  type Admitted,
  anyone,
  type Clock,
  type Credentials,
  Refusal,
  systemClock,
} from 'rtc-widgets/hub';
import { withoutPassword } from '../redis.js';
import { Accounts } from './accounts.js';
import type { AccountStore } from './account-store.js';
import { defaultAttemptRules, type AttemptRule, type Attempts } from './attempts.js';
import { FileStore } from './file-store.js';
import { MemoryAttempts } from './memory-attempts.js';
import { Passwords, type PasswordSettings } from './passwords.js';
import { RedisAttempts } from './redis-attempts.js';
import { RedisStore } from './redis-store.js';
import { Tokens, type TokenSettings } from './tokens.js';

/** Decides who is admitted: without accounts and tokens anyone is, by name. */
export interface AdmissionSettings {
  /** `file:PATH` or `redis://…`. */
  accounts?: string | undefined;
  passwords?: Partial<PasswordSettings> | undefined;
  attempts?: { name: AttemptRule; address: AttemptRule } | undefined;
  tokens?: TokenSettings | undefined;
}

interface Circumstances {
  /** Hears of what goes wrong by itself: Redis is away, a file cannot be read. */
  onError: (error: Error) => void;
  clock?: Clock;
  /** Tells the time, in milliseconds since 1970. */
  date?: () => number;
}

/** An admission that holds a file or a connection until it is closed. */
export interface OpenAdmission extends Admission {
  close(): Promise<void>;
}

/** Opens the accounts that a flag names. @throws {Error} in words, without a password */
export async function openAccounts(
  where: string,
  { onError, clock = systemClock }: Circumstances,
): Promise<{ store: AccountStore; attempts: Attempts }> {
  if (where.startsWith('file:')) {
    const store = await FileStore.open(where.slice('file:'.length), { onError });
    return { store, attempts: new MemoryAttempts(clock) };
  }
  const store = await RedisStore.open(where, { onError }).catch((cause: Error) => {
    throw new Error(`No accounts at ${withoutPassword(where)}: ${cause.message}`, { cause });
  });
  return { store, attempts: new RedisAttempts(store.redis) };
}

/**
 * Opens what decides who gets in.
 * @throws {Error} in words, when accounts or keys cannot be had
 */
export async function openAdmission(
  { accounts: where, passwords, attempts: rules = defaultAttemptRules, tokens }: AdmissionSettings,
  circumstances: Circumstances,
): Promise<OpenAdmission> {
  const { onError, date } = circumstances;
  const byToken = tokens && (await Tokens.open(tokens, date));
  const opened = where && (await openAccounts(where, circumstances));
  const byPassword =
    opened && new Accounts({ ...opened, passwords: new Passwords(passwords), rules, onError });
  return new PasswordOrToken(byPassword || undefined, byToken);
}

class PasswordOrToken implements OpenAdmission {
  readonly #accounts: Accounts | undefined;
  readonly #tokens: Tokens | undefined;

  constructor(accounts: Accounts | undefined, tokens: Tokens | undefined) {
    this.#accounts = accounts;
    this.#tokens = tokens;
  }

  async admit(who: Credentials): Promise<Admitted> {
    if (who.token !== undefined) return (await this.#tokens?.admit(who.token)) ?? anyone.admit(who);
    if (this.#accounts) return this.#accounts.admit(who);
    if (this.#tokens) throw new Refusal('token-needed', 'This server lets in with a token');
    return anyone.admit(who);
  }

  async sign(name: string, ticket: string): Promise<string> {
    return (await this.#accounts?.sign(name, ticket)) ?? ticket;
  }

  async readmit(name: string, signed: string): Promise<Admitted | undefined> {
    return this.#accounts?.readmit(name, signed);
  }

  async knows(name: string): Promise<boolean> {
    if (this.#accounts) return !!(await this.#accounts.store.find(name));
    return !this.#tokens;
  }

  watch(listener: (key: string) => void): () => void {
    return this.#accounts?.store.watch(listener) ?? (() => {});
  }

  async close(): Promise<void> {
    await this.#accounts?.store.close();
  }
}
