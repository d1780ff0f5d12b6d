import { once } from 'node:events';
import { WebSocket } from 'ws';

/** A server, by where it is found. */
export interface Listening {
  readonly port: number;
}

/** Says that a client is a kit client; other servers ignore it. */
const hello = { version: 1 };

/** Signs a kit client in; the bare relay understands its login too. */
export async function signedIn(server: Listening, name: string): Promise<WebSocket> {
  return open(`ws://127.0.0.1:${server.port}/`, { type: 'login', name, hello });
}

/** Signs a basic client in. */
export async function signedInAsBasicClient(server: Listening, name: string): Promise<WebSocket> {
  return open(`ws://127.0.0.1:${server.port}/`, { type: 'login', name });
}

/** The same at PeerJS' server, which takes the name from the address and answers with OPEN. */
export async function signedInToPeerjs(server: Listening, name: string): Promise<WebSocket> {
  return open(`ws://127.0.0.1:${server.port}/peerjs?key=peerjs&id=${name}&token=t`);
}

/** Connects, and waits for the first message. */
async function open(url: string, first?: object): Promise<WebSocket> {
  const socket = new WebSocket(url, { perMessageDeflate: false });
  const answered = once(socket, 'message');
  await once(socket, 'open');
  if (first) socket.send(JSON.stringify(first));
  await answered;
  return socket;
}

/**
 * Leaves so many kit sessions behind whose connections are lost: they wait to be resumed, for
 * as long as the server lets them.
 */
export async function leaveDetached(server: Listening, count: number): Promise<void> {
  const atOnce = 100;
  for (let start = 0; start < count; start += atOnce) {
    const names = Array.from({ length: atOnce }, (_, index) => `away-${start + index}`);
    const sockets = await Promise.all(names.map((name) => signedIn(server, name)));
    const closed = sockets.map((socket) => once(socket, 'close'));
    for (const socket of sockets) socket.terminate();
    await Promise.all(closed);
  }
}
