// The same as setup.ts with a server that is far away: every signaling message takes 100 ms from one
// browser to the other, through a proxy in front of each server (50 ms each way of each connection).
// The callee accepts by itself; PeerJS answers at once and reveals addresses before anybody has agreed.
import { compare, timeCalls } from './lib/calls.js';
import { bare, kit, peerjs } from './lib/contestants.js';
import { farAway } from './lib/far-away.js';
import { peerjsName } from './lib/peerjs.js';
import { report } from './lib/report.js';

const limit = 1.1;

const [ours, theirs, control, again] = await timeCalls([
  await kit(farAway),
  await peerjs(farAway),
  await bare('bare page', farAway),
  await bare('bare page again', farAway),
]);
const figure = compare(ours!, theirs!);

report([
  {
    claim: 'Click on Call to the first remote frame, a server 100 ms away',
    ...figure,
    limit: `${limit} × PeerJS`,
    passed: figure.ratio <= limit,
  },
  { claim: `${peerjsName} against the bare page`, ...compare(theirs!, control!) },
  { claim: 'The bare page against itself', ...compare(again!, control!) },
]);
// The proxies, PeerJS' server and the relays would keep this process alive.
process.exit();
