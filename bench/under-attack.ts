// How long a candidate takes from one person to another while a crowd of 20 others sends hostile frames,
// against a crowd that sends as many valid ones (see bench/clients/crowd.ts): the 99th percentile of
// 2,000, between 10 pairs, at a server of its own with its default limits. They take turns, 6 rounds.
// Median and quartiles.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { pairOfKit, type Pair } from './lib/candidates.js';
import { report } from './lib/report.js';
import { beside, quantile, spread, type Series } from './lib/statistics.js';
import { takeTurns } from './lib/turns.js';
import { UnderTest } from './lib/under-test.js';

const limit = 2;
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
  const file = fileURLToPath(new URL('clients/crowd.ts', import.meta.url));
  const args = [`${server.port}`, kind, `crowd-${++crowds}`];
  const crowd = fork(file, args, { execArgv: ['--conditions=rtc-widgets-source', '--import=tsx'] });
  await once(crowd, 'message');
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
]);

for (const { from, to } of all) [from, to].forEach((socket) => socket.terminate());
await server.stop();
