// CPU time of the servers for each candidate that goes from a person at one of them to a person at
// another, over Redis, against the same between two people at one server that has the same Redis. Each
// server in a process of its own, all checks on; they take turns, 6 rounds of 8,000 messages between
// 20 pairs. Redis' own time is not counted. Median and quartiles.
import { inBursts, pairOfKit, type Pair } from './lib/candidates.js';
import { report } from './lib/report.js';
import { beside, spread, type Series } from './lib/statistics.js';
import { takeTurns } from './lib/turns.js';
import { UnderTest } from './lib/under-test.js';
import { startRedis } from '../test/helpers/redis.js';

const limit = 3;
const rounds = 6;
const warmUps = 2;
const pairs = 20;
const perPair = 400;

const redis = await startRedis();
const start = (name: string) => UnderTest.start(name, 'kit', JSON.stringify({ bus: redis.url }));
const [here, there] = [await start('here'), await start('there')];

let index = 0;
const make = async (one: UnderTest, other: UnderTest) => {
  const all: Pair[] = [];
  while (all.length < pairs) all.push(await pairOfKit(one, `${index++}`, other));
  return all;
};
const contestants = [
  { name: 'across two servers', pairs: await make(here, there) },
  { name: 'at one server', pairs: await make(here, here) },
  { name: 'at one server again', pairs: await make(there, there) },
].map((each) => ({ ...each, values: [] as number[] }));

/** CPU time of both servers, in microseconds. */
const cpu = async () => (await here.usage()).cpu + (await there.usage()).cpu;

await takeTurns(contestants, { rounds, warmUps }, async ({ pairs: all, values }, counts) => {
  const before = await cpu();
  await Promise.all(all.map((pair) => inBursts(pair, perPair)));
  const time = (await cpu()) - before;
  if (counts) values.push(time / (pairs * perPair));
});

const [across, control, again] = contestants;
const against = (one: Series | undefined) =>
  beside(one!, control!, (times) => spread(times, 'µs', 1));
const result = against(across);
report([
  {
    claim: 'CPU time of the servers for a candidate from one to another',
    ...result,
    limit: `${limit} × at one server`,
    passed: result.ratio <= limit,
  },
  { claim: 'At one server against itself', ...against(again) },
]);

for (const { pairs: all } of contestants) {
  for (const { from, to } of all) [from, to].forEach((socket) => socket.terminate());
}
await Promise.all([here.stop(), there.stop()]);
await redis.stop();
