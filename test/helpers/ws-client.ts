import { once } from 'node:events';
import { WebSocket, type ClientOptions } from 'ws';
import type { Json } from './hub-client.js';

/** A bare WebSocket client, as a course's page would be one. */
export class WsClient {
  readonly socket: WebSocket;
  /** Settles with the close code. */
  readonly closed: Promise<number>;
  readonly #inbox: Json[] = [];
  readonly #waiting: ((message: Json) => void)[] = [];

  private constructor(socket: WebSocket) {
    this.socket = socket;
    this.closed = new Promise((resolve) => socket.on('close', resolve));
    socket.on('error', () => {});
    socket.on('message', (data: Buffer) => {
      const message = JSON.parse(data.toString()) as Json;
      const wanted = this.#waiting.shift();
      if (wanted) wanted(message);
      else this.#inbox.push(message);
    });
  }

  static async connect(url: string, options: ClientOptions = {}): Promise<WsClient> {
    const socket = new WebSocket(url.replace(/^http/, 'ws'), options);
    const client = new WsClient(socket);
    await once(socket, 'open');
    return client;
  }

  /** Connects and signs in. */
  static async signedIn(url: string, name: string, options?: ClientOptions): Promise<WsClient> {
    const client = await WsClient.connect(url, options);
    const { success } = await client.ask({ type: 'login', name });
    if (!success) throw new Error(`${name} is not signed in`);
    return client;
  }

  /** Sends a message, or a frame as it is. */
  send(message: object | string | Buffer): void {
    const asItIs = typeof message === 'string' || Buffer.isBuffer(message);
    this.socket.send(asItIs ? message : JSON.stringify(message));
  }

  /** The next message that arrives, or has arrived already. */
  next(): Promise<Json> {
    const message = this.#inbox.shift();
    return message ? Promise.resolve(message) : new Promise((done) => this.#waiting.push(done));
  }

  ask(message: object | string | Buffer): Promise<Json> {
    this.send(message);
    return this.next();
  }

  close(code?: number): Promise<number> {
    this.socket.close(code);
    return this.closed;
  }
}
