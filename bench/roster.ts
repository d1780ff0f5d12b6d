// CPU time of a server while 8,000 people sign in at once and watch who is online, a page of 100 names
// each, against the same without watching; and while 2,000 of them watch and 16 names a second come or
// go, all among those that are shown. Each in a process of its own, and the people in another; they take
// turns, 3 rounds. Median and quartiles.
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { report } from './lib/report.js';
import { beside, median, spread } from './lib/statistics.js';
import { takeTurns } from './lib/turns.js';
import { UnderTest } from './lib/under-test.js';

const rushLimit = 2;
const rushBytes = 60e6;
const churnLimit = 8;
const rounds = 3;
const arrivals = 8000;
const audience = 2000;
/** How long names come and go, in milliseconds. */
const duration = 10_000;

const contestants = [
  { name: 'all watch', kind: 'watch' },
  { name: 'nobody watches', kind: 'sign-in' },
  { name: 'nobody watches, again', kind: 'sign-in' },
].map((each) => ({ ...each, rush: [] as number[], bytes: [] as number[], churn: [] as number[] }));

/** Lets so many people sign in to a server of their own, and then measures. */
async function withPeople(
  count: number,
  kind: string,
  measure: (
    server: UnderTest,
    crowd: ChildProcess,
    took: { cpu: number; bytes: number },
  ) => Promise<void> | void,
): Promise<void> {
  const server = await UnderTest.start('rtc-widgets', 'kit');
  const before = await server.usage();
  const file = fileURLToPath(new URL('clients/audience.ts', import.meta.url));
  const crowd = fork(file, [`${server.port}`, `${count}`, kind], { execArgv: ['--import=tsx'] });
  const [bytes] = (await once(crowd, 'message')) as [number];
  const after = await server.usage();
  await measure(server, crowd, { cpu: after.cpu - before.cpu, bytes });
  const ended = once(crowd, 'exit');
  crowd.disconnect();
  await ended;
  await server.stop();
}

await takeTurns(contestants, { rounds, warmUps: 0 }, async (each) => {
  await withPeople(arrivals, each.kind, (_server, _crowd, { cpu, bytes }) => {
    each.rush.push(cpu / 1e6);
    each.bytes.push(bytes / 1e6);
  });
  await withPeople(audience, each.kind, async (server, crowd) => {
    const before = await server.usage();
    crowd.send('churn');
    await delay(duration);
    const after = await server.usage();
    each.churn.push(((after.cpu - before.cpu) / 1000 / duration) * 100);
  });
});

const [all, nobody, again] = contestants;
type Measured = 'rush' | 'bytes' | 'churn';
const against = (one: typeof all, what: Measured, unit: string) =>
  beside(
    { name: one!.name, values: one![what] },
    { name: nobody!.name, values: nobody![what] },
    (values) => spread(values, unit, 1),
  );
const rush = against(all, 'rush', 's');
report([
  {
    claim: 'CPU time of the server for 8,000 people in at once',
    ...rush,
    limit: `${rushLimit} × without watching`,
    passed: rush.ratio <= rushLimit,
  },
  {
    claim: 'What they are sent',
    ...against(all, 'bytes', 'MB'),
    limit: `${rushBytes / 1e6} MB`,
    passed: median(all!.bytes) <= rushBytes / 1e6,
  },
  { claim: 'Nobody watches, against itself', ...against(again, 'rush', 's') },
  {
    claim: 'Part of a processor while 16 names a second come and go, 2,000 people in',
    ...against(all, 'churn', '%'),
    limit: `${churnLimit} % of a processor`,
    passed: median(all!.churn) <= churnLimit,
  },
]);
