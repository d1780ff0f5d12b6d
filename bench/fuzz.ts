// A million mutated frames at a server, and a million at two servers over Redis: every example of
// docs/protocol.md, with its structure and its text changed and with names, calls and links in that are
// live (see test/helpers/fuzzer.ts). Meanwhile two pairs of bystanders talk, to whom everything has to
// arrive once and in order; nothing may reach whom it is not for, nor be a fault of the server. Of these
// frames, a tenth is sent at 2,000 a second, and beside that is measured how long candidates take between
// 20 others, against the same while as many valid frames are sent: 99th percentile, of 10 rounds in turn,
// median and quartiles. SEED repeats a run.
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { fuzzedHub } from '../test/helpers/fuzzer.js';
import { startRedis } from '../test/helpers/redis.js';
import type { Order } from './clients/fuzzers.js';
import { megabytes, sumOfBudgets } from './lib/budgets.js';
import { pairOfKit, type Pair } from './lib/candidates.js';
import { startClients } from './lib/clients.js';
import { report, type Figure } from './lib/report.js';
import { beside, quantile, spread } from './lib/statistics.js';
import { takeTurns } from './lib/turns.js';
import { UnderTest } from './lib/under-test.js';

const limit = 2;
const frames = Number(process.env.FRAMES ?? 1_000_000);
/** How many are sent while others are timed, and how fast. */
const timed = frames / 10;
const perSecond = 2000;
const rounds = 10;
const pairs = 10;
/** Between two candidates of a pair, in milliseconds. */
const pause = 12;
const seed = Number(process.env.SEED ?? Math.floor(Math.random() * 2 ** 31));
console.log(`SEED=${seed}`);

/** Milliseconds that candidates of a pair take, as long as it is not over. */
async function times({ from, to, frame }: Pair, over: AbortSignal): Promise<number[]> {
  const all: number[] = [];
  while (!over.aborted) {
    const arrived = once(to, 'message');
    const start = performance.now();
    from.send(frame(all.length + 1));
    await arrived;
    all.push(performance.now() - start);
    await delay(pause);
  }
  return all;
}

/** Has frames sent. @returns how many things went wrong */
async function send(clients: ChildProcess, order: Order): Promise<number> {
  const sent = once(clients, 'message');
  clients.send(order);
  return ((await sent) as [number])[0];
}

/** Figures of some servers that are fuzzed. */
async function fuzz(where: string, servers: UnderTest[]): Promise<Figure[]> {
  const ports = servers.map(({ port }) => `${port}`);
  const [one, other] = [servers[0]!, servers.at(-1)!];
  const all: Pair[] = [];
  while (all.length < pairs) all.push(await pairOfKit(one, `timed-${all.length}`, other));
  const contestants = [
    { name: 'mutated frames', kind: 'mutated' },
    { name: 'as many valid ones', kind: 'valid' },
  ].map((each) => ({ ...each, values: [] as number[] }));
  const clients = new Map(
    await Promise.all(
      contestants.map(
        async ({ kind }) =>
          [kind, await startClients('fuzzers', kind, `${seed}`, ...ports)] as const,
      ),
    ),
  );
  let problems = 0;
  await takeTurns(contestants, { rounds, warmUps: 0 }, async ({ kind, values }) => {
    const over = new AbortController();
    const taken = Promise.all(all.map((pair) => times(pair, over.signal)));
    problems += await send(clients.get(kind)!, { count: timed / rounds, perSecond });
    over.abort();
    values.push(quantile((await taken).flat(), 0.99));
  });
  problems += await send(clients.get('mutated')!, { count: frames - timed, perSecond: 1e9 });
  for (const crowd of clients.values()) crowd.disconnect();
  for (const { from, to } of all) [from, to].forEach((socket) => socket.terminate());

  let [faults, peak] = [0, 0];
  for (const server of servers) {
    const usage = await server.usage();
    faults += usage.faults ?? 0;
    peak = Math.max(peak, usage.peak);
    await server.stop();
  }
  const [mutated, valid] = contestants;
  const late = beside(mutated!, valid!, (values) => spread(values, 'ms', 1));
  const sum = peak / sumOfBudgets;
  return [
    {
      claim: `Faults, and messages that are lost, misrouted or in somebody else's name, ${where}`,
      figure: `${faults + problems} of ${frames.toLocaleString('en')} frames`,
      control: 'none',
      ratio: faults + problems,
      limit: 'none',
      passed: faults + problems === 0,
    },
    {
      claim: `Other people's candidates meanwhile, 99th percentile, ${where}`,
      ...late,
      limit: `${limit} × valid frames`,
      passed: late.ratio <= limit,
    },
    {
      claim: `Resident memory at the most, ${where}`,
      figure: `rtc-widgets ${megabytes(peak)}`,
      control: `sum of the limits ${megabytes(sumOfBudgets)}`,
      ratio: sum,
      limit: `${limit} × the sum`,
      passed: sum <= limit,
    },
  ];
}

const start = (options: object = {}) =>
  UnderTest.start('rtc-widgets', 'kit', JSON.stringify({ hub: fuzzedHub, ...options }));
const alone = await fuzz('at one server', [await start()]);
const redis = await startRedis();
const bus = { bus: redis.url };
const together = await fuzz('at two servers over Redis', [await start(bus), await start(bus)]);
await redis.stop();
report([...alone, ...together]);
