import type { Pair } from './candidates.js';
import { leaveDetached, type Listening } from './signed-in.js';
import { beside, spread } from './statistics.js';
import { takeTurns } from './turns.js';
import { UnderTest } from './under-test.js';

/** Sessions that wait to be resumed while messages are counted at a server that has them. */
export const detached = 10_000;

/** A way to relay messages under measurement: a server and its clients. */
export interface Relay {
  name: string;
  server: UnderTest;
  pairs: Pair[];
  /** Per round: the server's CPU time per message in microseconds, and messages per second. */
  cpu: number[];
  perSecond: number[];
}

export type PairUp = (server: Listening, id: string) => Promise<Pair>;

/** Pairs at a server. */
export async function relayOf(
  name: string,
  server: UnderTest,
  pairUp: PairUp,
  pairs: number,
): Promise<Relay> {
  const all: Pair[] = [];
  while (all.length < pairs) all.push(await pairUp(server, `${all.length}`));
  return { name, server, pairs: all, cpu: [], perSecond: [] };
}

/** The kit's server, with sessions that wait to be resumed, and go on waiting. */
export async function kitWithDetached(): Promise<UnderTest> {
  const hub = { resumeWindow: 24 * 60 * 60 * 1000, unusedNamesPerAddress: detached };
  const server = await UnderTest.start('rtc-widgets', 'kit', JSON.stringify({ hub }));
  await leaveDetached(server, detached);
  return server;
}

/** Measures each in turn; `pass` sends so many messages within a pair. */
export async function measure(
  relays: Relay[],
  pass: (pair: Pair, count: number) => Promise<void>,
  choices: { rounds: number; warmUps: number; perPair: number },
): Promise<void> {
  await takeTurns(relays, choices, async ({ server, pairs, cpu, perSecond }, counts) => {
    const messages = pairs.length * choices.perPair;
    const before = await server.usage();
    const start = performance.now();
    await Promise.all(pairs.map((pair) => pass(pair, choices.perPair)));
    const seconds = (performance.now() - start) / 1000;
    const after = await server.usage();
    if (!counts) return;
    cpu.push((after.cpu - before.cpu) / messages);
    perSecond.push(messages / seconds);
  });
}

export const cpuBeside = (one: Relay, control: Relay) =>
  beside(
    { name: one.name, values: one.cpu },
    { name: control.name, values: control.cpu },
    (times) => spread(times, 'µs', 1),
  );

export const perSecondBeside = (one: Relay, control: Relay) =>
  beside(
    { name: one.name, values: one.perSecond },
    { name: control.name, values: control.perSecond },
    (values) => spread(values, 'a second'),
  );

/** Everybody goes, and the servers end. */
export async function end(relays: Relay[]): Promise<void> {
  for (const { from, to } of relays.flatMap(({ pairs }) => pairs)) {
    for (const socket of [from, to]) socket.terminate();
  }
  await Promise.all(
    [...new Set(relays.map(({ server }) => server))].map((server) => server.stop()),
  );
}
