import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';
import { CloseCode } from '../src/hub/connection.js';
import type { Hub } from '../src/hub/hub.js';
import { MAX_FRAME_BYTES_BEFORE_CLOSE } from '../src/protocol/limits.js';
import { Heartbeat } from './heartbeat.js';

/** How long a client may take to close when the server does, in milliseconds. */
const CLOSE_GRACE = 250;

interface SocketSettings {
  heartbeat: number;
  maxBuffered: number;
}

/** All WebSocket connections: carries their frames to the hub and back. */
export class Sockets {
  readonly #hub: Hub;
  readonly #maxBuffered: number;
  readonly #server = new WebSocketServer({
    noServer: true,
    maxPayload: MAX_FRAME_BYTES_BEFORE_CLOSE,
    // Costs memory on every connection, and the frames are small.
    perMessageDeflate: false,
  });
  readonly #heartbeat: Heartbeat;
  /** Closed connections that the hub still takes leave of. */
  readonly #leaving = new Set<Promise<void>>();

  constructor(hub: Hub, { heartbeat, maxBuffered }: SocketSettings) {
    this.#hub = hub;
    this.#maxBuffered = maxBuffered;
    this.#heartbeat = new Heartbeat(this.#server.clients, heartbeat, hub.clock);
  }

  start(): void {
    this.#heartbeat.start();
  }

  /** Takes over a connection whose client asks for a WebSocket, on any path. */
  readonly upgrade = (request: IncomingMessage, socket: Duplex, head: Buffer): void => {
    this.#server.handleUpgrade(request, socket, head, (webSocket) =>
      this.#serve(webSocket, request.socket.remoteAddress),
    );
  };

  /** Closes all connections. Settles when the hub has taken leave of each. */
  async close(): Promise<void> {
    this.#heartbeat.stop();
    const sockets = [...this.#server.clients];
    const closed = sockets.map((socket) => new Promise((done) => socket.once('close', done)));
    for (const socket of sockets) socket.close(CloseCode.restart, 'The server is closing');
    const cancel = this.#hub.clock.after(CLOSE_GRACE, () => {
      for (const socket of sockets) socket.terminate();
    });
    await Promise.all(closed);
    cancel();
    await Promise.all(this.#leaving);
  }

  #serve(socket: WebSocket, address = ''): void {
    const client = this.#hub.connect({
      address,
      send: (frame) => this.#send(socket, frame),
      close: (code, reason) => socket.close(code, reason),
    });
    this.#heartbeat.add(socket);
    socket.on('message', (data: Buffer, isBinary) => {
      void (isBinary ? client.receiveBinary() : client.receive(data.toString()));
    });
    // What is wrong with a connection also closes it, which is all that matters here.
    socket.on('error', () => {});
    socket.on('close', (code) => {
      const leaving = client.closed(code);
      this.#leaving.add(leaving);
      void leaving.finally(() => this.#leaving.delete(leaving));
    });
  }

  #send(socket: WebSocket, frame: string): void {
    if (socket.readyState !== socket.OPEN) return;
    socket.send(frame);
    // A reader that stalls must not fill the server's memory.
    if (socket.bufferedAmount > this.#maxBuffered) socket.terminate();
  }
}
