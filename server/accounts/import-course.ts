import { cleanName, MAX_PASSWORD_LENGTH, nameKey } from 'rtc-widgets/protocol';
import type { Redis } from '../redis.js';
import type { AccountStore } from './account-store.js';
import type { Passwords } from './passwords.js';

/** The prefix of this program's keys: none of them is the tutorial's. */
const OURS = 'rtc-widgets:';

/** Removes a value, unless it has changed since it was read. */
const REMOVE = `if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end
  return 0`;

/** The result for a key in the Redis of the tutorial's server. */
export type Outcome =
  | 'taken over'
  | 'removed: it was taken over before'
  | 'left: its name is taken, with another password'
  | 'left: it is no name'
  | 'left: it is no password'
  | 'left: it has changed meanwhile';

/**
 * Takes the course's accounts over, where each key is a name and its value the password in clear:
 * hashes it, and only then removes what was in clear. May be called again after it was broken off.
 * @yields each string key with what became of it, never a password
 */
export async function* importCourse(
  course: Redis,
  store: AccountStore,
  passwords: Passwords,
): AsyncGenerator<[key: string, outcome: Outcome]> {
  for await (const keys of course.scanIterator({ TYPE: 'string', COUNT: 100 })) {
    for (const key of keys) {
      if (!key.startsWith(OURS)) yield [key, await importKey(key)];
    }
  }

  async function importKey(key: string): Promise<Outcome> {
    const password = await course.get(key);
    const name = cleanName(key);
    if (!name) return 'left: it is no name';
    if (!password || password.length > MAX_PASSWORD_LENGTH) return 'left: it is no password';
    const added = await store.add(name, await passwords.hash(password));
    const account = added ? undefined : await store.find(nameKey(name));
    if (!added && !(await passwords.verify(password, account?.hash))) {
      return 'left: its name is taken, with another password';
    }
    const removed = await course.eval(REMOVE, { keys: [key], arguments: [password] });
    if (removed === 0) return 'left: it has changed meanwhile';
    return added ? 'taken over' : 'removed: it was taken over before';
  }
}
