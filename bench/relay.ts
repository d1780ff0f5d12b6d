// CPU time of a server for each candidate that it passes on from one person to another: the kit's
// with all checks on, against a relay over `ws` that parses, looks up, stringifies and sends. Each
// in a process of its own; they take turns, 10 rounds of 20,000 messages between 20 pairs. Median and
// quartiles.
import { once } from 'node:events';
import type { WebSocket } from 'ws';
import { report } from './lib/report.js';
import { signedIn, signedInToPeerjs } from './lib/signed-in.js';
import { beside, spread, type Series } from './lib/statistics.js';
import { UnderTest } from './lib/under-test.js';

const limit = 1.1;
const rounds = 10;
const warmUps = 2;
const pairs = 20;
const perPair = 1000;
/** Sent by each before it waits for them to have arrived. */
const atOnce = 50;

const candidate = {
  candidate:
    'candidate:842163049 1 udp 1677729535 203.0.113.77 46154 typ srflx raddr 10.0.0.17 rport 46154 generation 0 ufrag EsAw network-cost 999',
  sdpMid: '0',
  sdpMLineIndex: 0,
  usernameFragment: 'EsAw',
};

/** One who sends, one who receives, and what is sent. */
interface Pair {
  from: WebSocket;
  to: WebSocket;
  frame(seq: number): string;
}

interface Contestant {
  name: string;
  server: UnderTest;
  pairs: Pair[];
  /** Microseconds a message, of each round. */
  values: number[];
}

const link = 'b3d1f0a45c6e4f3aa0b1c2d3e4f50617';

async function pairOfKit(server: UnderTest, index: number): Promise<Pair> {
  const [alice, bob, call] = [`alice-${index}`, `bob-${index}`, `call-${index}`];
  const from = await signedIn(server, alice);
  const to = await signedIn(server, bob);
  const heard = once(to, 'message');
  from.send(JSON.stringify({ type: 'call', name: bob, call, kind: 'video' }));
  await heard;
  const rung = once(from, 'message');
  to.send(JSON.stringify({ type: 'accept', name: alice, call }));
  await rung;
  const frame = (seq: number) =>
    JSON.stringify({ type: 'candidate', name: bob, call, candidate, link, seq, after: seq - 1 });
  return { from, to, frame };
}

async function pairOfPeerjs(server: UnderTest, index: number): Promise<Pair> {
  const from = await signedInToPeerjs(server, `alice-${index}`);
  const to = await signedInToPeerjs(server, `bob-${index}`);
  const payload = { candidate, type: 'media', connectionId: `mc_${index}` };
  const frame = () => JSON.stringify({ type: 'CANDIDATE', payload, dst: `bob-${index}` });
  return { from, to, frame };
}

async function contestant(
  name: string,
  program: string,
  pairUp: (server: UnderTest, index: number) => Promise<Pair>,
  ...args: string[]
): Promise<Contestant> {
  const server = await UnderTest.start(name, program, ...args);
  const all = [];
  for (let i = 0; i < pairs; i++) all.push(await pairUp(server, i));
  return { name, server, pairs: all, values: [] };
}

async function exchange({ from, to, frame }: Pair): Promise<void> {
  for (let sent = 0; sent < perPair; sent += atOnce) {
    const arrived = new Promise<void>((resolve) => {
      let count = 0;
      const listen = () => {
        if (++count < atOnce) return;
        to.off('message', listen);
        resolve();
      };
      to.on('message', listen);
    });
    for (let i = 1; i <= atOnce; i++) from.send(frame(sent + i));
    await arrived;
  }
}

const contestants = [
  await contestant('rtc-widgets', 'kit', pairOfKit),
  await contestant('bare relay', 'bare', pairOfKit),
  await contestant('PeerJS server', 'peerjs', pairOfPeerjs),
  await contestant('bare relay again', 'bare', pairOfKit),
];

for (let round = -warmUps; round < rounds; round++) {
  const first = (round + warmUps) % contestants.length;
  for (const each of [...contestants.slice(first), ...contestants.slice(0, first)]) {
    const before = await each.server.usage();
    await Promise.all(each.pairs.map(exchange));
    const after = await each.server.usage();
    if (round >= 0) each.values.push((after.cpu - before.cpu) / (pairs * perPair));
  }
}

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
