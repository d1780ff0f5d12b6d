import { oneInFlight, pairOfKit } from './lib/candidates.js';
import { end, kitWithDetached, measure, relayOf } from './lib/relays.js';
const busy = await kitWithDetached();
const r = await relayOf('k', busy, pairOfKit, 40);
await measure([r], oneInFlight, { rounds: 8, warmUps: 2, perPair: 1000 });
console.log(r.cpu.sort()[4]);
await end([r]);
