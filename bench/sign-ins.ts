// How late a server is for everybody else while people sign in with passwords: the delay of its event
// loop, 99th percentile, with 200 sign-ins at once against the same number one after another. Each
// compares an argon2id hash of 19 MiB, off the event loop. They take turns, 3 rounds. Median.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WebSocket } from 'ws';
import { once } from 'node:events';
import { report } from './lib/report.js';
import { median } from './lib/statistics.js';
import { UnderTest } from './lib/under-test.js';

const limit = 2;
const people = 200;
const rounds = 3;

const folder = mkdtempSync(join(tmpdir(), 'rtc-widgets-sign-ins-'));
const server = await UnderTest.start('rtc-widgets', 'kit-with-accounts', join(folder, 'accounts'));

/** Signs in with the password that everybody has, and goes again. */
async function signIn(index: number): Promise<void> {
  const socket = new WebSocket(`ws://127.0.0.1:${server.port}/`);
  await once(socket, 'open');
  const answer = once(socket, 'message');
  const name = `person-${index}`;
  socket.send(JSON.stringify({ type: 'login', name, password: 'correct horse battery' }));
  const [data] = (await answer) as [Buffer];
  if (!(JSON.parse(data.toString()) as { success: boolean }).success) throw new Error(String(data));
  socket.close(1000);
  await once(socket, 'close');
}

const all = Array.from({ length: people }, (_, index) => index);
const atOnce: number[] = [];
const inTurn: number[] = [];
for (let round = 0; round < rounds; round++) {
  await server.usage();
  await Promise.all(all.map(signIn));
  atOnce.push((await server.usage()).delay);
  for (const index of all) await signIn(index);
  inTurn.push((await server.usage()).delay);
}
await server.stop();
rmSync(folder, { recursive: true });

const ratio = median(atOnce) / median(inTurn);
report([
  {
    claim: 'Delay of the event loop (p99) while 200 people sign in with passwords at once',
    figure: `${median(atOnce).toFixed(1)} ms`,
    control: `one after another ${median(inTurn).toFixed(1)} ms`,
    ratio,
    limit: `${limit} × one after another`,
    passed: ratio <= limit,
  },
]);
