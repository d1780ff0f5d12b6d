import { type Admitted, type Credentials, Refusal, tooManyAttempts } from 'rtc-widgets/hub';
import { nameKey } from 'rtc-widgets/protocol';
import { countedAs } from '../client-address.js';
import type { Account, AccountStore } from './account-store.js';
import { defaultAttemptRules, type AttemptRule, type Attempts } from './attempts.js';
import type { Passwords } from './passwords.js';
import { SessionProofs } from './session-proofs.js';

interface AccountsInit {
  store: AccountStore;
  passwords: Passwords;
  attempts: Attempts;
  rules?: { name: AttemptRule; address: AttemptRule } | undefined;
  /** Hears what goes wrong without anybody being refused. */
  onError: (error: Error) => void;
}

/** Lets in who has an account and shows its password. */
export class Accounts {
  readonly store: AccountStore;
  readonly #passwords: Passwords;
  readonly #attempts: Attempts;
  readonly #rules: { name: AttemptRule; address: AttemptRule };
  readonly #onError: (error: Error) => void;
  readonly #proofs: SessionProofs;

  constructor({ store, passwords, attempts, rules = defaultAttemptRules, onError }: AccountsInit) {
    this.store = store;
    this.#proofs = new SessionProofs(store);
    this.#passwords = passwords;
    this.#attempts = attempts;
    this.#rules = rules;
    this.#onError = onError;
  }

  /**
   * Lets somebody in by password.
   * @throws {Refusal} `wrong-password` also where there is no such account, and no sooner;
   * `too-many-attempts` and `sign-in-busy` before anything is compared
   */
  async admit({ name = '', password, address }: Credentials): Promise<Admitted> {
    if (password === undefined) {
      throw new Refusal('password-needed', 'This server lets in with a password');
    }
    const from = countedAs(address);
    const byAddress = `address:${from}`;
    const byName = `name:${nameKey(name)}`;
    const account = await this.#counted(byAddress, this.#rules.address, () =>
      this.#counted(byName, this.#rules.name, () => this.#compare(name, password, from)),
    );
    await this.#attempts.takeBack(byAddress);
    await this.#attempts.clear(byName);
    if (this.#passwords.isWeak(account.hash)) {
      this.#strengthen(account, password, from).catch((error: Error) => {
        // Too many wait: the next sign-in does it.
        if (!(error instanceof Refusal)) this.#onError(error);
      });
    }
    return { name: account.name };
  }

  /** A ticket, signed for a server after this one where that can be. */
  async sign(name: string, ticket: string): Promise<string> {
    try {
      return await this.#proofs.sign(name, ticket);
    } catch (error) {
      this.#onError(error as Error);
      return ticket;
    }
  }

  /** Lets somebody in again who was let in by the server before this one. */
  async readmit(name: string, signed: string): Promise<Admitted | undefined> {
    const account = await this.#proofs.accountOf(name, signed);
    return account && { name: account.name };
  }

  /** Counts an attempt, but for one in which nothing was compared. */
  async #counted<T>(key: string, rule: AttemptRule, attempt: () => Promise<T>): Promise<T> {
    const wait = await this.#attempts.begin(key, rule);
    if (wait > 0) throw tooManyAttempts(Math.ceil(wait / 1000));
    try {
      return await attempt();
    } catch (error) {
      const compared = error instanceof Refusal && error.code === 'wrong-password';
      if (!compared) await this.#attempts.takeBack(key);
      throw error;
    }
  }

  async #compare(name: string, password: string, from: string): Promise<Account> {
    const account = await this.store.find(name);
    const fits = await this.#passwords.verify(password, account?.hash, from);
    if (!account || !fits) throw new Refusal('wrong-password', 'Name or password is wrong');
    return account;
  }

  async #strengthen(account: Account, password: string, from: string): Promise<void> {
    await this.store.rehash(account, await this.#passwords.hash(password, from));
  }
}
