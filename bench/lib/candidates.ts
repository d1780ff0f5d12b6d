import { once } from 'node:events';
import type { WebSocket } from 'ws';
import { signedIn, type Listening } from './signed-in.js';

/** Sent by each before it waits for them to have arrived. */
const atOnce = 50;

export const candidate = {
  candidate:
    'candidate:842163049 1 udp 1677729535 203.0.113.77 46154 typ srflx raddr 10.0.0.17 rport 46154 generation 0 ufrag EsAw network-cost 999',
  sdpMid: '0',
  sdpMLineIndex: 0,
  usernameFragment: 'EsAw',
};

/** One who sends, one who receives, and what is sent. */
export interface Pair {
  from: WebSocket;
  to: WebSocket;
  frame(seq: number): string;
}

const link = 'b3d1f0a45c6e4f3aa0b1c2d3e4f50617';

/** Two in a call at the kit's server, or at the bare relay; the callee may be at another. */
export async function pairOfKit(server: Listening, id: string, other = server): Promise<Pair> {
  const [alice, bob, call] = [`alice-${id}`, `bob-${id}`, `call-${id}`];
  const from = await signedIn(server, alice);
  const to = await signedIn(other, bob);
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

/** Sends so many candidates, and waits until all have arrived. */
export async function exchange({ from, to, frame }: Pair, count: number): Promise<void> {
  for (let sent = 0; sent < count; sent += atOnce) {
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
