// From a click on Call to the first frame of the partner in the caller's page: two Chromium
// processes on one machine, the callee accepts by itself, getUserMedia at both ends inside the
// measured time. The pages take turns, 15 calls each, and show pictures of the same size. The bare
// page has an RTCPeerConnection a side and a relay that passes every message on. Median and quartiles.
import { compare, timeCalls } from './lib/calls.js';
import { bare, kit, peerjs } from './lib/contestants.js';
import { peerjsName } from './lib/peerjs.js';
import { report } from './lib/report.js';

const limit = 1.1;

const [ours, control, theirs, again] = await timeCalls([
  await kit(),
  await bare('bare page'),
  await peerjs(),
  await bare('bare page again'),
]);
const figure = compare(ours!, control!);

report([
  {
    claim: 'Click on Call to the first remote frame',
    ...figure,
    limit: `${limit} × bare`,
    passed: figure.ratio <= limit,
  },
  { claim: `The same over ${peerjsName} and its server`, ...compare(theirs!, control!) },
  { claim: 'The bare page against itself', ...compare(again!, control!) },
]);
// PeerJS' server and the relays have timers and sockets that would keep this process alive.
process.exit();
