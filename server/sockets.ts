import { STATUS_CODES, type IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';
import { type Client, CloseCode, type Hub, TokenBucket } from 'rtc-widgets/hub';
import type { ServerMessage } from 'rtc-widgets/protocol';
import { Backlog } from './backlog.js';
import type { ConnectionGate } from './connection-gate.js';
import type { ServerObserver, TurnedAway } from './events.js';
import { Heartbeat } from './heartbeat.js';
import { paceOf, type Limits } from './limits.js';

/** How long a client may take to close when the server does, in milliseconds. */
const CLOSE_GRACE = 250;

/** A frame this many times the limit closes the connection (RFC 6455, 7.4.1). */
const TOO_LARGE = 2;

/** Frames that may wait to be served before no more are read from a connection. */
const MOST_WAITING = 32;

/** Pieces of one frame: of the largest, 128 bytes each. */
const MOST_FRAGMENTS = 1024;

/** Reads that one frame may take to arrive: the least that an IPv4 packet brings is 536 bytes. */
const MOST_CHUNKS = 4096;

/** Connections that are told at once that there are too many; further ones are just cut. */
const MOST_TOLD = 100;

/** Most bytes gathered for one client: more are written at once. */
const MOST_GATHERED = 64 * 1024;

/** Nothing is gathered for longer, however much comes in one turn of the event loop; milliseconds. */
const LONGEST_GATHERED = 2;

/** How fast clients are sent elsewhere: each in so many milliseconds, as long as there is time. */
const DRAIN_PACE = 10;

interface SocketSettings {
  gate: ConnectionGate;
  heartbeat: number;
  limits: Limits;
  observe: ServerObserver;
}

/** All WebSocket connections: carries their frames to the hub and back. */
export class Sockets {
  /** Frames since the start, from clients and to them. */
  readonly frames = { in: 0, out: 0 };
  readonly #hub: Hub;
  readonly #settings: SocketSettings;
  readonly #server: WebSocketServer;
  readonly #heartbeat: Heartbeat;
  readonly #backlog: Backlog;
  /** Closed connections that the hub still takes leave of. */
  readonly #leaving = new Set<Promise<void>>();
  /** Connections with frames that are written when all that has come has been served. */
  readonly #gathering = new Set<Duplex>();
  /** When the first of them was added. */
  #gatheringSince = 0;
  /** Connections that are told that there are too many. */
  #told = 0;

  constructor(hub: Hub, settings: SocketSettings) {
    this.#hub = hub;
    this.#settings = settings;
    this.#server = new WebSocketServer({
      noServer: true,
      maxPayload: TOO_LARGE * hub.settings.frameBytes,
      maxFragments: MOST_FRAGMENTS,
      maxBufferedChunks: MOST_CHUNKS,
      // Costs memory on every connection, and the frames are small.
      perMessageDeflate: false,
    });
    const { maxBuffered, bufferedInAll } = settings.limits;
    this.#backlog = new Backlog(maxBuffered, bufferedInAll);
    this.#heartbeat = new Heartbeat(this.#server.clients, settings.heartbeat, hub.clock);
  }

  /** How many there are. */
  get size(): number {
    return this.#server.clients.size;
  }

  start(): void {
    this.#heartbeat.start();
  }

  /** Takes over a connection whose client asks for a WebSocket, on any path. */
  readonly upgrade = (request: IncomingMessage, socket: Duplex, head: Buffer): void => {
    const entered = this.#settings.gate.enter(request);
    if (typeof entered === 'string') return this.#turnAway(entered, request, socket, head);
    const { address, leave } = entered;
    socket.once('close', leave);
    this.#server.handleUpgrade(request, socket, head, (webSocket) =>
      this.#serve(webSocket, address, socket),
    );
  };

  /**
   * Sends everyone elsewhere, each at a moment of its own, so that they do not all arrive there at
   * once. Settles when nobody is left, or at the bound.
   * @param bound milliseconds
   */
  async drain(bound: number): Promise<void> {
    const { gate, observe } = this.#settings;
    gate.draining = true;
    observe({ type: 'draining', connections: this.size });
    const { clock } = this.#hub;
    const spread = Math.min(bound, this.size * DRAIN_PACE);
    const calledOff: (() => void)[] = [];
    const gone = [...this.#server.clients].map((socket) => {
      const close = () => socket.close(CloseCode.restart, 'The server is closing');
      calledOff.push(clock.after(Math.random() * spread, close));
      return closed(socket);
    });
    await Promise.race([
      Promise.all(gone),
      new Promise<void>((over) => calledOff.push(clock.after(bound, over))),
    ]);
    for (const cancel of calledOff) cancel();
  }

  /** Closes all connections. Settles when the hub has taken leave of each. */
  async close(): Promise<void> {
    this.#settings.gate.draining = true;
    this.#heartbeat.stop();
    const sockets = [...this.#server.clients];
    const gone = sockets.map(closed);
    for (const socket of sockets) socket.close(CloseCode.restart, 'The server is closing');
    const cancel = this.#hub.clock.after(CLOSE_GRACE, () => {
      for (const socket of sockets) socket.terminate();
    });
    await Promise.all(gone);
    cancel();
    await Promise.all(this.#leaving);
  }

  #serve(socket: WebSocket, address: string, stream: Duplex): void {
    const { clock } = this.#hub;
    const { framesPerSecond, bytesPerSecond, signInTime, idle } = this.#settings.limits;
    const client = this.#hub.connect({
      address,
      send: (frame) => this.#send(socket, stream, frame),
      room: () => this.#room(socket, stream),
      close: (code, reason) => this.#close(socket, code, reason),
    });
    /** Frames that are being served. */
    let waiting = 0;
    const frames = new TokenBucket(paceOf(framesPerSecond), clock.now());
    const bytes = new TokenBucket(paceOf(bytesPerSecond), clock.now());
    let lastFrame = clock.now();
    /** @returns whether the frame may be served */
    const counted = (): boolean => {
      this.frames.in++;
      lastFrame = clock.now();
      if (!frames.take(lastFrame)) return true;
      client.exceeded('too-many-frames', `A client may send ${framesPerSecond} frames a second`);
      return false;
    };
    const cancelTimeout = clock.after(signInTime, () => {
      if (!client.session) client.exceeded('sign-in-timeout', 'Nobody has signed in');
    });
    this.#heartbeat.add(socket, () => {
      if (clock.now() - lastFrame >= idle) client.exceeded('idle', 'Nothing has come for too long');
    });
    socket.on('message', (data: Buffer, isBinary) => {
      if (!counted()) return;
      const served = isBinary ? client.receiveBinary() : client.receive(data.toString());
      if (!served) return;
      if (++waiting === MOST_WAITING) socket.pause();
      void served.then(() => {
        if (waiting-- === MOST_WAITING) socket.resume();
      });
    });
    socket.on('ping', counted);
    socket.on('pong', () => void (this.#heartbeat.pong(socket) || counted()));
    // Also pieces of frames that never end, of which nothing else tells.
    stream.on('data', ({ length }: Buffer) => {
      if (!bytes.take(clock.now(), length)) return;
      client.exceeded('too-many-bytes', `A client may send ${bytesPerSecond} bytes a second`);
    });
    // An error closes the connection by itself; only a limit is reported, to the operator.
    socket.on('error', ({ code }: NodeJS.ErrnoException) => {
      if (code === 'WS_ERR_TOO_MANY_BUFFERED_PARTS') {
        client.exceeded('too-many-bytes', 'A frame came in too many pieces');
      }
    });
    socket.on('close', (code) => {
      cancelTimeout();
      this.#backlog.forget(socket);
      this.#takeLeave(client, code);
    });
  }

  #takeLeave(client: Client, code: number): void {
    const leaving = client.closed(code);
    if (!leaving) return;
    this.#leaving.add(leaving);
    void leaving.finally(() => this.#leaving.delete(leaving));
  }

  #send(socket: WebSocket, stream: Duplex, frame: string): void {
    if (socket.readyState !== socket.OPEN) return;
    this.frames.out++;
    this.#gather(stream);
    socket.send(frame);
    if (stream.writableLength > MOST_GATHERED && this.#gathering.delete(stream)) stream.uncork();
    for (const slow of this.#backlog.note(socket)) slow.terminate();
  }

  /** Settles once a client has read what was sent to it, where that was much. */
  #room(socket: WebSocket, stream: Duplex): Promise<void> | undefined {
    const half = this.#settings.limits.maxBuffered / 2;
    if (!stream.writableNeedDrain || socket.bufferedAmount < half) return undefined;
    return new Promise((done) => {
      const over = () => {
        stream.off('drain', over).off('close', over);
        done();
      };
      stream.on('drain', over).on('close', over);
    });
  }

  /**
   * All frames that come in one turn of the event loop are served before any of the answers is
   * written: each client gets one write, and is woken once. (To wake the process or the network card
   * of a client after every frame takes as long as everything else that a frame takes.)
   */
  #gather(stream: Duplex): void {
    const now = this.#hub.clock.now();
    if (this.#gathering.size && now - this.#gatheringSince > LONGEST_GATHERED) this.#release();
    if (this.#gathering.has(stream)) return;
    if (!this.#gathering.size) {
      this.#gatheringSince = now;
      setImmediate(this.#release);
    }
    this.#gathering.add(stream);
    stream.cork();
  }

  #release = (): void => {
    for (const stream of this.#gathering) stream.uncork();
    this.#gathering.clear();
  };

  /** Closes a connection, and cuts it when its client does not answer. */
  #close(socket: WebSocket, code: number, reason: string): void {
    socket.close(code, reason);
    const cancel = this.#hub.clock.after(CLOSE_GRACE, () => socket.terminate());
    socket.once('close', cancel);
  }

  #turnAway(reason: TurnedAway, request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const { origin } = request.headers;
    const about = reason === 'origin-not-allowed' && origin && { origin: origin.slice(0, 256) };
    this.#settings.observe({ type: 'turned-away', reason, ...about });
    const full = reason.startsWith('too-many-connections');
    // Only a WebSocket can tell a page why there is none; but what is told costs something, too.
    if (full && this.#told < MOST_TOLD) {
      this.#told++;
      socket.once('close', () => this.#told--);
      return this.#server.handleUpgrade(request, socket, head, (webSocket) => {
        webSocket.on('error', () => {});
        webSocket.send(JSON.stringify(tooManyConnections));
        this.#close(webSocket, CloseCode.tryAgainLater, tooManyConnections.message);
      });
    }
    socket.on('error', () => {});
    const status = reason.endsWith('-not-allowed') ? 403 : 503;
    socket.end(refusal(status, reason), () => socket.destroy());
  }
}

const tooManyConnections = {
  type: 'error',
  code: 'too-many-connections',
  message: 'There are too many connections: try again later',
} as const satisfies ServerMessage;

const closed = (socket: WebSocket) =>
  new Promise<void>((done) => void socket.once('close', () => done()));

/** An answer to a request for a WebSocket that is not granted. */
const refusal = (status: number, words: string) =>
  [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    'Connection: close',
    'Content-Type: text/plain',
    `Content-Length: ${words.length}`,
    ...(status === 503 ? ['Retry-After: 5'] : []),
    '',
    words,
  ].join('\r\n');
