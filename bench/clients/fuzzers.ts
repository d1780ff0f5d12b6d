// People at the kit's servers, in a process of their own, who send so many frames when told to, and as
// many a second. `mutated`: every example of docs/protocol.md, mutated, while two pairs of bystanders talk
// (see test/helpers/fuzzer.ts); `valid`: candidates, in calls of their own. Says how many things went
// wrong each time, and prints what. Arguments: kind, seed, and the ports.
import { setTimeout as delay } from 'node:timers/promises';
import { Bystanders } from '../../test/helpers/bystanders.js';
import { Fuzzer } from '../../test/helpers/fuzzer.js';
import { pretendPage } from '../../test/helpers/pretend-page.js';
import { pairOfKit, type Pair } from '../lib/candidates.js';

const [, , kind, seed, ...ports] = process.argv as [string, string, string, string, ...string[]];
/** The frames to send. */
export interface Order {
  count: number;
  perSecond: number;
}

interface Crowd {
  send(count: number): Promise<unknown>;
  /** Settles when all has arrived that is to. */
  settle?(): Promise<void>;
  problems(): string[];
}

async function mutated(): Promise<Crowd> {
  const urls = ports.map((port) => `ws://127.0.0.1:${port}/`);
  pretendPage();
  const bystanders = await Bystanders.start(urls);
  const fuzzer = await Fuzzer.start(urls, { seed: Number(seed), live: bystanders.live });
  bystanders.check = (...received) => fuzzer.check(...received);
  return {
    send(count) {
      bystanders.say();
      return fuzzer.send(count);
    },
    settle: () => bystanders.heardAll(),
    problems: () => [...fuzzer.problems, ...bystanders.problems],
  };
}

async function valid(): Promise<Crowd> {
  const [one, other] = [ports[0]!, ports.at(-1)!].map((port) => ({ port: Number(port) }));
  const pairs: Pair[] = [];
  while (pairs.length < 9) pairs.push(await pairOfKit(one!, `valid-${pairs.length}`, other));
  let seq = 0;
  return {
    async send(count) {
      for (let sent = 0; sent < count; sent++) {
        const { from, frame } = pairs[++seq % pairs.length]!;
        from.send(frame(seq));
      }
    },
    problems: () => [],
  };
}

const crowd = await (kind === 'valid' ? valid() : mutated());

process.on('disconnect', () => process.exit());
process.on('message', (order: Order) => void sendAll(order));
process.send!('there');

async function sendAll({ count, perSecond }: Order): Promise<void> {
  // Few at once, or those who are timed would wait for all that was sent with theirs.
  const stride = Math.min(200, perSecond / 100);
  let due = performance.now();
  for (let sent = 0; sent < count && !crowd.problems().length; sent += stride) {
    await crowd.send(stride);
    due += (1000 * stride) / perSecond;
    await delay(Math.max(0, due - performance.now()));
  }
  await crowd.settle?.();
  for (const problem of crowd.problems()) console.error(problem);
  process.send!(crowd.problems().length);
}
