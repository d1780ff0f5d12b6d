import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

interface Pipe {
  client: Socket;
  server: Socket;
  /** Bytes wait until it is over. */
  held: Promise<unknown>;
  /** Milliseconds. */
  latency: number;
  dead: boolean;
}

/** A TCP proxy in front of a server that does to connections what networks do. */
export class FaultProxy {
  readonly #target: () => number;
  readonly #listener: Server;
  readonly #pipes = new Set<Pipe>();
  readonly #sockets = new Set<Socket>();
  /** Delays for new connections before they reach the server, each used once. */
  #holdNext: number[] = [];

  readonly #latency: number;
  #isCut = false;

  private constructor(target: () => number, latency: number) {
    this.#target = target;
    this.#latency = latency;
    this.#listener = createServer({ allowHalfOpen: true }, (client) => void this.#serve(client));
  }

  /**
   * @param target the port of the server, asked for each connection
   * @param latency how much later everything comes, each way, until told otherwise; milliseconds
   */
  static async start(target: () => number, latency = 0): Promise<FaultProxy> {
    const proxy = new FaultProxy(target, latency);
    proxy.#listener.listen(0, '127.0.0.1');
    await once(proxy.#listener, 'listening');
    return proxy;
  }

  get port(): number {
    return (this.#listener.address() as AddressInfo).port;
  }

  /** Everything on one connection comes so much later from now on. */
  latency(which: number, milliseconds: number): void {
    const pipe = this.#pick(which);
    if (pipe) pipe.latency = milliseconds;
  }

  /** Stalls a connection: it carries nothing for a while, and then all of it. */
  stall(which: number, milliseconds: number): void {
    const pipe = this.#pick(which);
    if (pipe) pipe.held = delay(milliseconds);
  }

  /** Breaks a connection off at both ends. */
  reset(which: number): void {
    const pipe = this.#pick(which);
    pipe?.client.resetAndDestroy();
    pipe?.server.resetAndDestroy();
  }

  /** Cuts one end off without the other ever hearing of it. */
  halfOpen(which: number, survivor: 'client' | 'server'): void {
    const pipe = this.#pick(which);
    if (!pipe) return;
    pipe.dead = true;
    pipe[survivor === 'client' ? 'server' : 'client'].destroy();
  }

  /** The next connection reaches the server only after those that come after it. */
  overtakeNext(milliseconds: number): void {
    this.#holdNext.push(milliseconds);
  }

  /** The link goes down: every connection breaks off, and no other is made until it is mended. */
  cut(): void {
    this.#isCut = true;
    for (const socket of this.#sockets) socket.resetAndDestroy();
  }

  mend(): void {
    this.#isCut = false;
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    this.#listener.close();
    await once(this.#listener, 'close');
  }

  #pick(which: number): Pipe | undefined {
    const all = [...this.#pipes];
    return all[which % all.length];
  }

  async #serve(client: Socket): Promise<void> {
    this.#own(client);
    if (this.#isCut) client.resetAndDestroy();
    const wait = this.#holdNext.pop();
    if (wait) await delay(wait);
    if (client.destroyed) return;
    const server = connect({ port: this.#target(), host: 'localhost', allowHalfOpen: true });
    this.#own(server);
    const pipe: Pipe = {
      client,
      server,
      held: Promise.resolve(),
      latency: this.#latency,
      dead: false,
    };
    this.#pipes.add(pipe);
    this.#carry(pipe, client, server);
    this.#carry(pipe, server, client);
  }

  #own(socket: Socket): void {
    this.#sockets.add(socket);
    socket.setNoDelay();
    // It also closes, which is all that matters.
    socket.on('error', () => {});
    socket.on('close', () => this.#sockets.delete(socket));
  }

  #carry(pipe: Pipe, from: Socket, to: Socket): void {
    let turn: Promise<unknown> = Promise.resolve();
    const then = (task: () => void) => {
      const ready = pipe.latency ? delay(pipe.latency) : undefined;
      turn = turn
        .then(() => pipe.held)
        .then(() => ready)
        .then(() => !pipe.dead && task());
    };
    from.on('data', (bytes) => then(() => to.writable && to.write(bytes)));
    from.on('end', () => then(() => to.end()));
    from.on('close', () => {
      then(() => to.destroy());
      if (!pipe.dead) this.#pipes.delete(pipe);
    });
    to.on('close', () => pipe.dead && from.destroyed && this.#pipes.delete(pipe));
  }
}
