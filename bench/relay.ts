// CPU time of a server for each candidate that it passes on from one person to another: the kit's
// with all checks on, against a relay over `ws` that parses, looks up, stringifies and sends. Each
// in a process of its own; they take turns, 10 rounds of 20,000 messages between 20 pairs. Median and
// quartiles.
import { candidate, exchange, pairOfKit, type Pair } from './lib/candidates.js';
import { report } from './lib/report.js';
import { signedInToPeerjs } from './lib/signed-in.js';
import { beside, spread, type Series } from './lib/statistics.js';
import { takeTurns } from './lib/turns.js';
import { UnderTest } from './lib/under-test.js';

const limit = 1.1;
const rounds = 10;
const warmUps = 2;
const pairs = 20;
const perPair = 1000;

interface Contestant {
  name: string;
  server: UnderTest;
  pairs: Pair[];
  /** Microseconds a message, of each round. */
  values: number[];
}

async function pairOfPeerjs(server: UnderTest, id: string): Promise<Pair> {
  const from = await signedInToPeerjs(server, `alice-${id}`);
  const to = await signedInToPeerjs(server, `bob-${id}`);
  const payload = { candidate, type: 'media', connectionId: `mc_${id}` };
  const frame = () => JSON.stringify({ type: 'CANDIDATE', payload, dst: `bob-${id}` });
  return { from, to, frame };
}

async function contestant(
  name: string,
  program: string,
  pairUp: (server: UnderTest, id: string) => Promise<Pair>,
  ...args: string[]
): Promise<Contestant> {
  const server = await UnderTest.start(name, program, ...args);
  const all = [];
  for (let i = 0; i < pairs; i++) all.push(await pairUp(server, `${i}`));
  return { name, server, pairs: all, values: [] };
}

const contestants = [
  await contestant('rtc-widgets', 'kit', pairOfKit),
  await contestant('bare relay', 'bare', pairOfKit),
  await contestant('PeerJS server', 'peerjs', pairOfPeerjs),
  await contestant('bare relay again', 'bare', pairOfKit),
];

await takeTurns(contestants, { rounds, warmUps }, async (each, counts) => {
  const before = await each.server.usage();
  await Promise.all(each.pairs.map((pair) => exchange(pair, perPair)));
  const after = await each.server.usage();
  if (counts) each.values.push((after.cpu - before.cpu) / (pairs * perPair));
});

const [ours, control, theirs, again] = contestants;
const words = (times: number[]) => spread(times, 'µs', 1);
const against = (one: Series | undefined) => beside(one!, control!, words);
const result = against(ours);
report([
  {
    claim: 'CPU time of the server for a candidate passed on',
    ...result,
    limit: `${limit} × bare relay`,
    passed: result.ratio <= limit,
  },
  { claim: "The same at PeerJS' server, which checks nothing", ...against(theirs) },
  { claim: 'The bare relay against itself', ...against(again) },
]);

for (const { server, pairs: all } of contestants) {
  for (const { from, to } of all) [from, to].forEach((socket) => socket.terminate());
  await server.stop();
}
