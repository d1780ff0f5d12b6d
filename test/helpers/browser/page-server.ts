import type { SignalingSocket } from '../../../src/core/signaling/signaling-socket.js';
import type { Client } from '../../../src/hub/client.js';
import { Hub, type HubOptions } from '../../../src/hub/hub.js';

/** Any message, as it comes out of JSON. */
type Json = Record<string, unknown>;

/**
 * A server in this page: a WebSocket to its `url` is served by its hub. Fires `change` with each
 * connection and frame.
 */
export class PageServer extends EventTarget {
  readonly url: string;
  /** `silent`: connections neither open nor fail. */
  mode: 'up' | 'down' | 'silent' = 'up';
  /** The messages from clients, in order. */
  readonly received: Json[] = [];
  readonly #sockets = new Set<PageSocket>();
  readonly #options: HubOptions | undefined;
  #hub: Hub;

  constructor(options?: HubOptions, url = `ws://${crypto.randomUUID()}.test/`) {
    super();
    this.url = url;
    this.#options = options;
    this.#hub = new Hub(options);
    install();
    servers.set(this.url, this);
  }

  /** Breaks all connections, or only that of one person. */
  drop(code = 1006, name?: string): void {
    for (const socket of this.#sockets) {
      if (!name || socket.name === name) socket.closedByServer(code);
    }
  }

  /** Forgets everybody and everything, as a server that is started anew. */
  restart(): void {
    this.#hub = new Hub(this.#options);
    this.drop();
  }

  /** Sends something to everybody, whatever the hub makes of it. */
  tell(message: unknown): void {
    const frame = typeof message === 'string' ? message : JSON.stringify(message);
    for (const socket of this.#sockets) socket.deliver(frame);
  }

  /** How many are connected. */
  get connections(): number {
    return this.#sockets.size;
  }

  /** Takes a connection. */
  admit(socket: PageSocket): Client {
    this.#sockets.add(socket);
    this.#news();
    return this.#hub.connect({
      send: (frame) => socket.deliver(frame),
      close: (code) => socket.closedByServer(code),
    });
  }

  /** A connection has sent something, or with a code has gone. */
  heard(socket: PageSocket, client: Client, frame: string): void;
  heard(socket: PageSocket, client: Client, code: number): void;
  heard(socket: PageSocket, client: Client, what: string | number): void {
    if (typeof what === 'string') {
      const message = JSON.parse(what) as Json;
      this.received.push(message);
      if (message.type === 'login') socket.name = String(message.name);
      void client.receive(what);
    } else {
      this.#sockets.delete(socket);
      void client.closed(what);
    }
    this.#news();
  }

  #news(): void {
    this.dispatchEvent(new Event('change'));
  }
}

/** The client's end of a connection to a server in this page. Nothing arrives at once. */
class PageSocket implements SignalingSocket {
  onopen: SignalingSocket['onopen'] = null;
  onmessage: SignalingSocket['onmessage'] = null;
  onclose: SignalingSocket['onclose'] = null;

  /** The name that asked to sign in over it. */
  name = '';

  readonly #server: PageServer;
  #client: Client | undefined;
  #closed = false;

  constructor(server: PageServer) {
    this.#server = server;
    setTimeout(() => {
      if (this.#closed || server.mode === 'silent') return;
      if (server.mode === 'down') return this.#end(1006);
      this.#client = server.admit(this);
      this.onopen?.(new Event('open'));
    });
  }

  send(frame: string): void {
    if (!this.#client) throw new DOMException('Still connecting', 'InvalidStateError');
    if (!this.#closed) this.#server.heard(this, this.#client, frame);
  }

  close(code = 1000): void {
    if (this.#client && !this.#closed) this.#server.heard(this, this.#client, code);
    setTimeout(() => this.#end(code));
  }

  deliver(frame: string): void {
    setTimeout(() => {
      if (!this.#closed) this.onmessage?.(new MessageEvent('message', { data: frame }));
    });
  }

  closedByServer(code: number): void {
    if (this.#closed) return;
    this.#server.heard(this, this.#client!, code);
    this.#end(code);
  }

  #end(code: number): void {
    if (this.#closed) return;
    this.#closed = true;
    this.onclose?.(new CloseEvent('close', { code }));
  }
}

const servers = new Map<string, PageServer>();
let installed = false;

function install(): void {
  if (installed) return;
  installed = true;
  globalThis.WebSocket = new Proxy(WebSocket, {
    construct(Real, [url, ...rest]: [string | URL]) {
      const server = servers.get(String(url));
      return server ? new PageSocket(server) : new Real(url, ...rest);
    },
  });
}
