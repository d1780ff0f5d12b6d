import { open, readFile, rename, rm } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { cleanName, isObject, nameKey } from 'rtc-widgets/protocol';
import type { Account } from './account-store.js';
import { realFile } from './real-file.js';

/** How long another program may take to change the file, in milliseconds. */
const LOCK_WAIT = 5000;
const LOCK_RETRY = 20;

/**
 * Reads a file of accounts: JSON lines, one an account. One that is not there has none.
 * @throws {Error} in words, without what is in the line, when it is no such file
 */
export async function readAccounts(path: string): Promise<Account[]> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    throw error;
  });
  const keys = new Set<string>();
  return text.split('\n').flatMap((line, index) => {
    if (!line.trim()) return [];
    const account = readLine(line);
    if (!account || keys.has(nameKey(account.name))) {
      throw new Error(`${path}, line ${index + 1}: ${account ? 'a second' : 'this is no'} account`);
    }
    keys.add(nameKey(account.name));
    return account;
  });
}

function readLine(line: string): Account | undefined {
  try {
    const account: unknown = JSON.parse(line);
    const fine =
      isObject(account) &&
      cleanName(account.name) === account.name &&
      String(account.hash).startsWith('$argon2') &&
      typeof account.changed === 'string';
    return fine ? (account as unknown as Account) : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Changes a file of accounts, one program at a time: the new file is written beside it, under a
 * name that only one can make, and takes its place in one step (mode 0600). A link to the file stays.
 * @param change gets what the file holds, and gives what it is to hold, undefined for the same
 */
export async function editAccounts(
  path: string,
  change: (accounts: Account[]) => Promise<Iterable<Account> | undefined>,
): Promise<void> {
  const real = await realFile(path);
  const next = `${real}.lock`;
  const file = await lock(next);
  try {
    const accounts = await change(await readAccounts(path));
    if (accounts) {
      await file.writeFile([...accounts].map((account) => `${JSON.stringify(account)}\n`).join(''));
      await file.sync();
      await rename(next, real);
    } else {
      await rm(next);
    }
  } catch (error) {
    await rm(next, { force: true });
    throw error;
  } finally {
    await file.close();
  }
}

async function lock(path: string) {
  for (const end = Date.now() + LOCK_WAIT; ;) {
    try {
      return await open(path, 'wx', 0o600);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      if (Date.now() > end) {
        const words = 'another program changes the accounts. If none does, remove this file.';
        throw new Error(`${path} is there: ${words}`, { cause: error });
      }
      await wait(LOCK_RETRY);
    }
  }
}
