// The kit's server with accounts in a file, whose path is the argument: `person-0` and so on, all with
// one password.
import type * as Kit from '../../server/index.js';
import { defaultAttemptRules } from '../../server/accounts/attempts.js';
import { FileStore } from '../../server/accounts/file-store.js';
import { Passwords } from '../../server/accounts/passwords.js';
import { answerFor } from '../lib/under-test.js';

const path = process.argv[2]!;
const onError = (error: Error) => console.error(error);
const store = await FileStore.open(path, { onError });
const hash = await new Passwords().hash('correct horse battery');
for (let index = 0; index < 200; index++) await store.add(`person-${index}`, hash);
await store.close();

const built = new URL('../../server/dist/index.js', import.meta.url).href;
const { createServer, openAdmission } = (await import(built)) as typeof Kit;
const { name, address } = defaultAttemptRules;
const free = 1_000_000;
const admission = await openAdmission(
  {
    accounts: `file:${path}`,
    attempts: { name: { ...name, free }, address: { ...address, free } },
  },
  { onError },
);
const limits = { connectionsPerAddress: 1000, requestsPerAddress: 1000, signInTime: 60_000 };
const { port } = await createServer({ host: '127.0.0.1', port: 0, admission, limits });
answerFor(port);
