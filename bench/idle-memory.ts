// Resident memory of a server for each of 5,000 people who are signed in and say nothing: the
// kit's, with a session to resume for each, against a relay over `ws` that keeps a name and a socket.
// Each in a process of its own, after a garbage collection; they take turns, 3 processes each. Median.
import type { WebSocket } from 'ws';
import { report } from './lib/report.js';
import { signedIn, signedInToPeerjs } from './lib/signed-in.js';
import { beside, median, type Series } from './lib/statistics.js';
import { UnderTest } from './lib/under-test.js';

const limit = 2;
const people = 5000;
const atOnce = 100;
const rounds = 3;

type SignIn = (server: UnderTest, name: string) => Promise<WebSocket>;

const contestants = [
  { name: 'rtc-widgets', program: 'kit', signIn: signedIn },
  { name: 'bare relay', program: 'bare', signIn: signedIn },
  { name: 'PeerJS server', program: 'peerjs', signIn: signedInToPeerjs },
  { name: 'bare relay again', program: 'bare', signIn: signedIn },
].map((each) => ({ ...each, values: [] as number[] }));

/** Signs so many people in, and lets them go again. @returns bytes for each that they took */
async function perPerson(server: UnderTest, signIn: SignIn): Promise<number> {
  const sockets: WebSocket[] = [];
  const crowd = async (from: number, to: number) => {
    for (let i = from; i < to; i += atOnce) {
      const names = Array.from({ length: atOnce }, (_, index) => `person-${i + index}`);
      sockets.push(...(await Promise.all(names.map((name) => signIn(server, name)))));
    }
  };
  // The first connections mostly pay for code, which is compiled once.
  await crowd(0, atOnce);
  const before = await server.settledUsage();
  await crowd(atOnce, atOnce + people);
  const after = await server.settledUsage();
  for (const socket of sockets) socket.terminate();
  return (after.resident - before.resident) / people;
}

for (let round = 0; round < rounds; round++) {
  for (const { name, program, signIn, values } of contestants) {
    const server = await UnderTest.start(name, program);
    values.push(await perPerson(server, signIn));
    await server.stop();
  }
}

const [ours, control, theirs, again] = contestants;
const words = (bytes: number[]) => `${(median(bytes) / 1000).toFixed(1)} KB`;
const against = (one: Series | undefined) => beside(one!, control!, words);
const result = against(ours);
report([
  {
    claim: 'Resident memory for a person who is signed in and idle',
    ...result,
    limit: `${limit} × bare relay`,
    passed: result.ratio <= limit,
  },
  { claim: "The same at PeerJS' server", ...against(theirs) },
  { claim: 'The bare relay against itself', ...against(again) },
]);
