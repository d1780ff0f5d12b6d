// The kit's server as a program of its own, as it is installed. The argument is what differs from the
// defaults, as JSON.
import type * as Kit from '../../server/index.js';
import { answerFor } from '../lib/under-test.js';

const built = new URL('../../server/dist/index.js', import.meta.url).href;
const { createServer } = (await import(built)) as typeof Kit;
// All limits are on, but set high: the measuring clients share an address, and are fast.
const limits = {
  connectionsPerAddress: 100_000,
  requestsPerAddress: 1000,
  framesPerSecond: 1_000_000,
  bytesPerSecond: 1_000_000_000,
  signInTime: 60_000,
};
const options = JSON.parse(process.argv[2] ?? '{}') as Kit.ServerOptions;
let faults = 0;
const observer: Kit.ServerObserver = (event) => {
  if (event.type !== 'fault') return;
  faults++;
  console.error(event.error);
};
const { port } = await createServer({ host: '127.0.0.1', port: 0, limits, observer, ...options });
answerFor(port, () => ({ faults }));
