// A crowd at the kit's server, in a process of its own: 20 people who each send 90 frames a second, which
// is just within the limit. `valid`: candidates, in calls of their own. `hostile`: candidates with
// something changed, noise, and now and then a frame that fills its 64 KiB or nests 30,000 deep; who is
// cut off for it comes back. Arguments: port, kind, and what to begin the names with.
import { once } from 'node:events';
import { WebSocket } from 'ws';
import { mutate, seeded } from '../../test/helpers/mutate.js';
import { pairOfKit } from '../lib/candidates.js';
import { signedIn } from '../lib/signed-in.js';

const [, , port, kind, prefix] = process.argv as [string, string, string, string, string];
const server = { port: Number(port) };
const people = 20;
/** Milliseconds between two frames of one person. */
const pause = 1000 / 90;
const ticks = 4;

const random = seeded(7);
const nested = '['.repeat(30_000) + ']'.repeat(30_000);
const wide = `{"type":"offer","name":"nobody","offer":"${'x'.repeat(65_000)}"}`;

/** Builds the next frames that a client sends. */
type Frames = (seq: number) => string;

async function valid(index: number): Promise<[() => WebSocket, Frames]> {
  const { from, to, frame } = await pairOfKit(server, `${prefix}-${index}`);
  to.on('message', () => {});
  return [() => from, frame];
}

async function hostile(index: number): Promise<[() => WebSocket, Frames]> {
  const name = `${prefix}-${index}`;
  let socket: WebSocket;
  const enter = async () => {
    socket = await signedIn(server, name);
    socket.on('error', () => {}).on('close', () => void enter());
  };
  await enter();
  const frame = (seq: number) =>
    JSON.stringify({ type: 'candidate', name: 'alice', call: 'c', candidate: { seq }, seq });
  return [
    () => socket,
    (seq) => {
      const part = random();
      if (part < 0.005) return nested;
      if (part < 0.01) return wide;
      return mutate(frame(seq), random);
    },
  ];
}

const crowd: [() => WebSocket, Frames][] = [];
for (let index = 0; index < people; index++) {
  crowd.push(await (kind === 'valid' ? valid(index) : hostile(index)));
}
let seq = 0;
let at = performance.now();
setInterval(() => {
  for (; at < performance.now(); at += pause) {
    seq++;
    for (const [socket, frames] of crowd) {
      if (socket().readyState === WebSocket.OPEN) socket().send(frames(seq));
    }
  }
}, ticks);
process.on('disconnect', () => process.exit());
process.send!('there');
await once(process, 'disconnect');
