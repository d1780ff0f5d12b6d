// As relay.ts, with one message at a time in each of 40 pairs: to and fro, each sent when the one
// before has arrived, so that nothing is gathered anywhere. Kit clients and basic clients each
// against the same at the bare relay, and at a server that has 10,000 sessions that wait to be resumed.
// They take turns, 10 rounds of 20,000 messages. Median and quartiles.
import { oneInFlight, pairOfBasicClients, pairOfKit } from './lib/candidates.js';
import {
  cpuBeside,
  end,
  kitWithDetached,
  measure,
  perSecondBeside,
  relayOf,
} from './lib/relays.js';
import { report } from './lib/report.js';
import { UnderTest } from './lib/under-test.js';

const limit = 1.25;
const pairs = 40;
const choices = { rounds: 10, warmUps: 2, perPair: 500 };

const kit = await UnderTest.start('rtc-widgets', 'kit');
const busy = await kitWithDetached();
const bare = await UnderTest.start('bare relay', 'bare');
const bareAgain = await UnderTest.start('bare relay again', 'bare');
const relays = {
  kit: await relayOf('rtc-widgets', kit, pairOfKit, pairs),
  course: await relayOf('rtc-widgets', kit, pairOfBasicClients, pairs),
  kitBusy: await relayOf('rtc-widgets', busy, pairOfKit, pairs),
  courseBusy: await relayOf('rtc-widgets', busy, pairOfBasicClients, pairs),
  bareKit: await relayOf('bare relay', bare, pairOfKit, pairs),
  bareCourse: await relayOf('bare relay', bare, pairOfBasicClients, pairs),
  again: await relayOf('bare relay again', bareAgain, pairOfKit, pairs),
};
await measure(Object.values(relays), oneInFlight, choices);

const within = (claim: string, one: keyof typeof relays, control: keyof typeof relays) => {
  const result = cpuBeside(relays[one], relays[control]);
  return { claim, ...result, limit: `${limit} × bare relay`, passed: result.ratio <= limit };
};
const claim = 'CPU time of the server for a candidate, one in flight';
const waiting = '10,000 sessions waiting to be resumed';
report([
  within(`${claim}, kit clients`, 'kit', 'bareKit'),
  within(`${claim}, basic clients`, 'course', 'bareCourse'),
  within(`${claim}, kit clients, ${waiting}`, 'kitBusy', 'bareKit'),
  within(`${claim}, basic clients, ${waiting}`, 'courseBusy', 'bareCourse'),
  {
    claim: 'Candidates passed on, one in flight, kit clients',
    ...perSecondBeside(relays.kit, relays.bareKit),
  },
  {
    claim: 'Candidates passed on, one in flight, basic clients',
    ...perSecondBeside(relays.course, relays.bareCourse),
  },
  { claim: 'The bare relay against itself', ...cpuBeside(relays.again, relays.bareKit) },
]);
await end(Object.values(relays));
