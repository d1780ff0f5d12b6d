import { once } from 'node:events';
import { WebSocket } from 'ws';

/** A server, by where it is found. */
export interface Listening {
  readonly port: number;
}

/** Says that a client is one of the kit; others pass over it. */
const hello = { version: 1 };

/** A client that has signed in, in the words of the kit, which the bare relay takes as well. */
export async function signedIn(server: Listening, name: string): Promise<WebSocket> {
  return open(`ws://127.0.0.1:${server.port}/`, { type: 'login', name, hello });
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
