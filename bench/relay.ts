// CPU time of a server for each candidate that it passes on from one person to another: the kit's
// with all checks on, against a relay over `ws` that parses, looks up, stringifies and sends. Each
// in a process of its own; they take turns, 10 rounds of 20,000 messages between 20 pairs, in bursts of
// 50 (one-in-flight.ts has the other way). Median and quartiles.
import { candidate, inBursts, pairOfBasicClients, pairOfKit, type Pair } from './lib/candidates.js';
import { cpuBeside, end, kitWithDetached, measure, relayOf } from './lib/relays.js';
import { report } from './lib/report.js';
import { signedInToPeerjs, type Listening } from './lib/signed-in.js';
import { UnderTest } from './lib/under-test.js';

const limit = 1.1;
const pairs = 20;
const choices = { rounds: 10, warmUps: 2, perPair: 1000 };

async function pairOfPeerjs(server: Listening, id: string): Promise<Pair> {
  const from = await signedInToPeerjs(server, `alice-${id}`);
  const to = await signedInToPeerjs(server, `bob-${id}`);
  const payload = { candidate, type: 'media', connectionId: `mc_${id}` };
  const frame = (dst: string) => () => JSON.stringify({ type: 'CANDIDATE', payload, dst });
  return { from, to, frame: frame(`bob-${id}`), back: frame(`alice-${id}`) };
}

const kit = await UnderTest.start('rtc-widgets', 'kit');
const bare = await UnderTest.start('bare relay', 'bare');
const peerjs = await UnderTest.start('PeerJS server', 'peerjs');
const again = await UnderTest.start('bare relay again', 'bare');
const relays = {
  kit: await relayOf('rtc-widgets', kit, pairOfKit, pairs),
  course: await relayOf('rtc-widgets', kit, pairOfBasicClients, pairs),
  kitBusy: await relayOf('rtc-widgets', await kitWithDetached(), pairOfKit, pairs),
  bare: await relayOf('bare relay', bare, pairOfKit, pairs),
  bareCourse: await relayOf('bare relay', bare, pairOfBasicClients, pairs),
  peerjs: await relayOf('PeerJS server', peerjs, pairOfPeerjs, pairs),
  again: await relayOf('bare relay again', again, pairOfKit, pairs),
};
await measure(Object.values(relays), inBursts, choices);

const against = (one: keyof typeof relays) => cpuBeside(relays[one], relays.bare);
const result = against('kit');
report([
  {
    claim: 'CPU time of the server for a candidate passed on',
    ...result,
    limit: `${limit} × bare relay`,
    passed: result.ratio <= limit,
  },
  {
    claim: 'The same between basic clients',
    ...cpuBeside(relays.course, relays.bareCourse),
  },
  { claim: 'The same with 10,000 sessions waiting to be resumed', ...against('kitBusy') },
  { claim: "The same at PeerJS' server, which checks nothing", ...against('peerjs') },
  { claim: 'The bare relay against itself', ...against('again') },
]);
await end(Object.values(relays));
