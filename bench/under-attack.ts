// How long a candidate takes from one person to another while a crowd of 20 others sends hostile frames,
// against a crowd that sends as many valid ones (see bench/clients/crowd.ts): the 99th percentile of
// 2,000, between 10 pairs, at a server of its own with its default limits. They take turns, 6 rounds.
// Median and quartiles. Then the resident memory of another such server, before people from 60 addresses
// fill whatever it keeps, at the most, and a minute after they have gone (see bench/clients/hoarders.ts);
// against the sum of what its limits say that clients can make it keep.
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { defaultHubSettings } from '../src/hub/settings.js';
import { megabytes, sumOfBudgets } from './lib/budgets.js';
import { pairOfKit, type Pair } from './lib/candidates.js';
import { startClients } from './lib/clients.js';
import { report } from './lib/report.js';
import { beside, quantile, spread, type Series } from './lib/statistics.js';
import { takeTurns } from './lib/turns.js';
import { UnderTest } from './lib/under-test.js';

const limit = 2;
const memoryLimit = 2;
const rounds = 6;
const warmUps = 1;
const pairs = 10;
const perPair = 200;
/** Between two candidates of a pair, which keeps it within the limit of frames; milliseconds. */
const pause = 12;

// As it is installed: with all that protects it.
const server = await UnderTest.start('rtc-widgets', 'kit', JSON.stringify({ limits: {} }));

/** Milliseconds that each of so many candidates took. */
async function times({ from, to, frame }: Pair, first: number): Promise<number[]> {
  const all: number[] = [];
  for (let seq = first; seq < first + perPair; seq++) {
    const arrived = once(to, 'message');
    const start = performance.now();
    from.send(frame(seq));
    await arrived;
    all.push(performance.now() - start);
    await delay(pause);
  }
  return all;
}

let crowds = 0;
async function withCrowd<T>(kind: string, measure: () => Promise<T>): Promise<T> {
  const crowd = await startClients('crowd', `${server.port}`, kind, `crowd-${++crowds}`);
  const result = await measure();
  const ended = once(crowd, 'exit');
  crowd.disconnect();
  await ended;
  return result;
}

const all: Pair[] = [];
while (all.length < pairs) all.push(await pairOfKit(server, `pair-${all.length}`));
const contestants = [
  { name: 'hostile frames', kind: 'hostile' },
  { name: 'as many valid ones', kind: 'valid' },
  { name: 'valid ones again', kind: 'valid' },
].map((each) => ({ ...each, values: [] as number[] }));

let seq = 1;
await takeTurns(contestants, { rounds, warmUps }, async ({ kind, values }, counts) => {
  const taken = await withCrowd(kind, () => Promise.all(all.map((pair) => times(pair, seq))));
  seq += perPair;
  if (counts) values.push(quantile(taken.flat(), 0.99));
});

for (const { from, to } of all) [from, to].forEach((socket) => socket.terminate());
await server.stop();

/** Until nothing is held any more for somebody who has gone; milliseconds. */
const afterwards = defaultHubSettings.resumeWindow + 5000;

/** Bytes of a server that is filled. */
async function fill() {
  const filled = await UnderTest.start('rtc-widgets', 'kit', JSON.stringify({ limits: {} }));
  const before = (await filled.settledUsage()).resident;
  const hoarders = await startClients('hoarders', `${filled.port}`);
  const { peak } = await filled.usage();
  const gone = once(hoarders, 'exit');
  hoarders.send('go');
  await gone;
  await delay(afterwards);
  const after = (await filled.settledUsage()).resident;
  await filled.stop();
  return { before, peak, after };
}

const memory = await fill();
const memoryRow = (when: string, bytes: number) => ({
  claim: `Resident memory ${when}`,
  figure: `rtc-widgets ${megabytes(bytes)}`,
  control: `sum of the limits ${megabytes(sumOfBudgets)}`,
  ratio: bytes / sumOfBudgets,
});
const most = memoryRow('at the most, while whatever it keeps is filled', memory.peak);

const [attacked, control, again] = contestants;
const against = (one: Series | undefined) =>
  beside(one!, control!, (values) => spread(values, 'ms', 1));
const result = against(attacked);
report([
  {
    claim: "Other people's candidates while a crowd sends hostile frames, 99th percentile",
    ...result,
    limit: `${limit} × valid frames`,
    passed: result.ratio <= limit,
  },
  { claim: 'Valid frames against themselves', ...against(again) },
  memoryRow('of the server before', memory.before),
  { ...most, limit: `${memoryLimit} × the sum`, passed: most.ratio <= memoryLimit },
  memoryRow('a minute after all have gone', memory.after),
]);
