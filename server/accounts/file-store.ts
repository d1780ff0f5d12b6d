import { unwatchFile, watchFile } from 'node:fs';
import type { Account, AccountStore } from './account-store.js';
import { editAccounts, readAccounts } from './accounts-file.js';
import { MemoryStore } from './memory-store.js';
import { realFile } from './real-file.js';
import { secretFile } from './secret-file.js';

interface FileStoreOptions {
  /** Hears when a changed file cannot be read: the accounts of before stay. */
  onError: (error: Error) => void;
  /** How often the file is looked at for changes by other programs, in milliseconds. */
  interval?: number;
}

/** Accounts in a file, which other programs may change meanwhile. */
export class FileStore implements AccountStore {
  readonly #path: string;
  readonly #onError: (error: Error) => void;
  #accounts: MemoryStore;
  readonly #listeners = new Set<(key: string) => void>();
  /** Settles when the changes of the file before have been taken in. */
  #turn: Promise<void> = Promise.resolve();

  /** @throws {Error} in words, when the file is there and cannot be read */
  static async open(path: string, options: FileStoreOptions): Promise<FileStore> {
    return new FileStore(path, options, await readAccounts(path));
  }

  private constructor(
    path: string,
    { onError, interval = 500 }: FileStoreOptions,
    accounts: Account[],
  ) {
    this.#path = path;
    this.#onError = onError;
    this.#accounts = new MemoryStore(accounts);
    // Asks from time to time, which works for files of other machines, too.
    watchFile(path, { interval, persistent: false }, this.#onChange);
  }

  find(name: string): Promise<Account | undefined> {
    return this.#accounts.find(name);
  }

  names(): Promise<string[]> {
    return this.#accounts.names();
  }

  add(name: string, hash: string): Promise<boolean> {
    return this.#edit((accounts) => accounts.add(name, hash));
  }

  change(name: string, hash: string): Promise<boolean> {
    return this.#edit((accounts) => accounts.change(name, hash));
  }

  async rehash(before: Account, hash: string): Promise<void> {
    await this.#edit(async (accounts) => {
      await accounts.rehash(before, hash);
      return true;
    });
  }

  remove(name: string): Promise<boolean> {
    return this.#edit((accounts) => accounts.remove(name));
  }

  async secret(): Promise<string> {
    return secretFile(`${await realFile(this.#path)}.secret`);
  }

  watch(listener: (key: string) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async close(): Promise<void> {
    unwatchFile(this.#path, this.#onChange);
    await this.#turn;
  }

  async #edit(edit: (accounts: MemoryStore) => Promise<boolean>): Promise<boolean> {
    let done = false;
    await this.#inTurn(() =>
      editAccounts(this.#path, async (present) => {
        const accounts = new MemoryStore(present);
        done = await edit(accounts);
        return done ? accounts.all.values() : undefined;
      }),
    );
    await this.#inTurn(() => this.#read());
    return done;
  }

  #onChange = ({ nlink }: { nlink: number }): void => {
    // A file that is gone for a moment, as it is edited by hand, signs nobody out.
    if (nlink) this.#inTurn(() => this.#read()).catch(this.#onError);
  };

  #inTurn(task: () => Promise<void>): Promise<void> {
    const done = this.#turn.then(task);
    this.#turn = done.catch(() => {});
    return done;
  }

  async #read(): Promise<void> {
    const before = this.#accounts.all;
    this.#accounts = new MemoryStore(await readAccounts(this.#path));
    for (const [key, { changed }] of before) {
      if (this.#accounts.all.get(key)?.changed === changed) continue;
      for (const listener of this.#listeners) listener(key);
    }
  }
}
