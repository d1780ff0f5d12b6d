import { parseArgs } from 'node:util';
import { cleanName, MAX_NAME_LENGTH } from 'rtc-widgets/protocol';
import type { AccountStore } from '../accounts/account-store.js';
import { accountsOption, readAccounts } from '../accounts/flags.js';
import { importCourse } from '../accounts/import-course.js';
import { openAccounts } from '../accounts/open.js';
import { Passwords } from '../accounts/passwords.js';
import { readPassword } from '../accounts/read-password.js';
import { connectRedis } from '../redis.js';

const usage = `Usage: rtc-widgets-server user add NAME --accounts WHERE
       rtc-widgets-server user passwd NAME --accounts WHERE
       rtc-widgets-server user remove NAME --accounts WHERE
       rtc-widgets-server user list --accounts WHERE
       rtc-widgets-server user import-course --redis URL --accounts WHERE

Who has an account. The password is typed, or is one line of standard input. Whoever is signed in
under a name that is removed, or gets another password, is signed out.

  --accounts WHERE  file:PATH or redis://… (RTC_ACCOUNTS, which other users of this
                    machine do not see)
  --redis URL       the Redis of a course's server, of which each key is a name and its
                    value the password in clear: each is hashed, then removed there. May
                    be run again after it was broken off
`;

const say = (words: string) => process.stdout.write(`${words}\n`);
const onError = (error: Error) => process.stderr.write(`${error.message}\n`);

/** Adds, changes, removes and lists accounts. @throws {Error} in words */
export async function user(args: string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      ...accountsOption,
      redis: { type: 'string' },
      help: { type: 'boolean', default: false, short: 'h' },
    },
  });
  if (values.help) {
    process.stdout.write(usage);
    return;
  }
  const [what = '', given, ...more] = positionals;
  const act = actions.get(what);
  if (!act || more.length) throw new Error(usage);
  const where = readAccounts(values, process.env);
  if (!where) throw new Error('Say where the accounts are: --accounts file:PATH or redis://…');
  const { store } = await openAccounts(where, { onError });
  try {
    await act(store, given, values.redis);
  } finally {
    await store.close();
  }
}

type Action = (store: AccountStore, given?: string, redis?: string) => Promise<void>;

const actions = new Map<string, Action>([
  ['add', add],
  ['passwd', passwd],
  ['remove', remove],
  ['list', list],
  ['import-course', importAll],
]);

async function add(store: AccountStore, given?: string): Promise<void> {
  const name = nameFrom(given);
  if (await store.find(name)) throw new Error(`${name} has an account already: see user passwd`);
  const hash = await new Passwords().hash(await readPassword());
  if (!(await store.add(name, hash))) throw new Error(`${name} has an account already`);
  say(`${name} may sign in.`);
}

async function passwd(store: AccountStore, given?: string): Promise<void> {
  const name = nameFrom(given);
  if (!(await store.find(name))) throw noAccount(name);
  const hash = await new Passwords().hash(await readPassword());
  if (!(await store.change(name, hash))) throw noAccount(name);
  say(`${name} has a new password.`);
}

async function remove(store: AccountStore, given?: string): Promise<void> {
  const name = nameFrom(given);
  if (!(await store.remove(name))) throw noAccount(name);
  say(`${name} has no account any more.`);
}

async function list(store: AccountStore): Promise<void> {
  for (const name of (await store.names()).sort()) say(name);
}

async function importAll(store: AccountStore, given?: string, redis?: string): Promise<void> {
  if (given || !redis) throw new Error('Say where the course’s accounts are: --redis redis://…');
  const course = await connectRedis(redis, { onError });
  const counts = new Map<string, number>();
  try {
    for await (const [key, outcome] of importCourse(course, store, new Passwords())) {
      say(`${JSON.stringify(key)} ${outcome}`);
      counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
    }
  } finally {
    course.destroy();
  }
  for (const [outcome, count] of counts) say(`${count} ${outcome}`);
  if (!counts.size) say('There are none.');
}

function nameFrom(given: string | undefined): string {
  const name = cleanName(given);
  if (name) return name;
  throw new Error(`Say the name: 1 to ${MAX_NAME_LENGTH} characters, none of control`);
}

const noAccount = (name: string) => new Error(`${name} has no account`);
