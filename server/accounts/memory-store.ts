import { nameKey } from 'rtc-widgets/protocol';
import { accountOf, newSecret, type Account, type AccountStore } from './account-store.js';

/** Accounts for as long as the process runs. */
export class MemoryStore implements AccountStore {
  readonly #accounts: Map<string, Account>;
  readonly #listeners = new Set<(key: string) => void>();
  #secret: string | undefined;

  constructor(accounts: Iterable<Account> = []) {
    this.#accounts = new Map([...accounts].map((account) => [nameKey(account.name), account]));
  }

  /** All accounts, by key. */
  get all(): ReadonlyMap<string, Account> {
    return this.#accounts;
  }

  async find(name: string): Promise<Account | undefined> {
    return this.#accounts.get(nameKey(name));
  }

  async names(): Promise<string[]> {
    return [...this.#accounts.values()].map(({ name }) => name);
  }

  async add(name: string, hash: string): Promise<boolean> {
    const key = nameKey(name);
    if (this.#accounts.has(key)) return false;
    this.#accounts.set(key, accountOf(name, hash));
    return true;
  }

  async change(name: string, hash: string): Promise<boolean> {
    const key = nameKey(name);
    const account = this.#accounts.get(key);
    if (!account) return false;
    this.#accounts.set(key, accountOf(account.name, hash, account));
    this.#tell(key);
    return true;
  }

  async rehash(before: Account, hash: string): Promise<void> {
    const key = nameKey(before.name);
    if (this.#accounts.get(key)?.hash === before.hash) {
      this.#accounts.set(key, { ...before, hash });
    }
  }

  async remove(name: string): Promise<boolean> {
    const key = nameKey(name);
    if (!this.#accounts.delete(key)) return false;
    this.#tell(key);
    return true;
  }

  async secret(): Promise<string> {
    return (this.#secret ??= newSecret());
  }

  watch(listener: (key: string) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async close(): Promise<void> {}

  #tell(key: string): void {
    for (const listener of this.#listeners) listener(key);
  }
}
