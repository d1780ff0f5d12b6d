import type { WebSocket } from 'ws';
import { signedIn, signedInAsBasicClient, type Listening } from './signed-in.js';

/** Sent by each before it waits for them to have arrived. */
const atOnce = 50;

export const candidate = {
  candidate:
    'candidate:842163049 1 udp 1677729535 203.0.113.77 46154 typ srflx raddr 10.0.0.17 rport 46154 generation 0 ufrag EsAw network-cost 999',
  sdpMid: '0',
  sdpMLineIndex: 0,
  usernameFragment: 'EsAw',
};

/** A sender, a receiver, and the messages between them. */
export interface Pair {
  from: WebSocket;
  to: WebSocket;
  frame(seq: number): string;
  /** The answer that the receiver may send. */
  back(seq: number): string;
}

const link = 'b3d1f0a45c6e4f3aa0b1c2d3e4f50617';

/** Settles when a message of that type has arrived. */
function heard(socket: WebSocket, type: string): Promise<void> {
  return new Promise((resolve) => {
    const listen = (data: Buffer) => {
      if ((JSON.parse(data.toString()) as { type: string }).type !== type) return;
      socket.off('message', listen);
      resolve();
    };
    socket.on('message', listen);
  });
}

/** Two in a call at the kit's server, or at the bare relay; the callee may be at another. */
export async function pairOfKit(server: Listening, id: string, other = server): Promise<Pair> {
  const [alice, bob, call] = [`alice-${id}`, `bob-${id}`, `call-${id}`];
  const from = await signedIn(server, alice);
  const to = await signedIn(other, bob);
  const rings = heard(to, 'call');
  from.send(JSON.stringify({ type: 'call', name: bob, call, kind: 'video' }));
  await rings;
  const accepted = heard(from, 'accept');
  to.send(JSON.stringify({ type: 'accept', name: alice, call }));
  await accepted;
  const frame = (name: string) => (seq: number) =>
    JSON.stringify({ type: 'candidate', name, call, candidate, link, seq, after: seq - 1 });
  return { from, to, frame: frame(bob), back: frame(alice) };
}

/** Makes a pair of basic clients, which need no call. */
export async function pairOfBasicClients(server: Listening, id: string): Promise<Pair> {
  const [alice, bob] = [`carol-${id}`, `dave-${id}`];
  const from = await signedInAsBasicClient(server, alice);
  const to = await signedInAsBasicClient(server, bob);
  const frame = (name: string) => () => JSON.stringify({ type: 'candidate', name, candidate });
  return { from, to, frame: frame(bob), back: frame(alice) };
}

/** Sends so many candidates, many at once, and waits until all have arrived. */
export async function inBursts({ from, to, frame }: Pair, count: number): Promise<void> {
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

/** Sends candidates to and fro, each when the previous candidate has arrived. */
export function oneInFlight({ from, to, frame, back }: Pair, count: number): Promise<void> {
  return new Promise((resolve) => {
    let sent = 0;
    const ping = () => {
      if (sent < count) return from.send(frame(++sent));
      from.off('message', ping);
      to.off('message', pong);
      resolve();
    };
    const pong = () => to.send(back(++sent));
    from.on('message', ping);
    to.on('message', pong);
    ping();
  });
}
