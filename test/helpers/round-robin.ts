import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** A TCP proxy in front of several servers: each connection goes to the next that takes it. */
export class RoundRobin {
  readonly #listener: Server;
  readonly #ports: number[];
  readonly #sockets = new Set<Socket>();
  #next = 0;

  private constructor(ports: number[]) {
    this.#ports = ports;
    this.#listener = createServer((client) => {
      this.#own(client);
      this.#serve(client, this.#ports.length);
    });
  }

  static async start(ports: number[]): Promise<RoundRobin> {
    const proxy = new RoundRobin(ports);
    proxy.#listener.listen(0, '127.0.0.1');
    await once(proxy.#listener, 'listening');
    return proxy;
  }

  get port(): number {
    return (this.#listener.address() as AddressInfo).port;
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    this.#listener.close();
    await once(this.#listener, 'close');
  }

  #serve(client: Socket, tries: number): void {
    const server = connect({
      port: this.#ports[this.#next++ % this.#ports.length]!,
      host: 'localhost',
    });
    let connected = false;
    this.#own(server);
    server.on('connect', () => {
      connected = true;
      client.pipe(server).pipe(client);
    });
    // Whichever end is gone, the other is to know.
    client.on('close', () => server.destroy());
    server.on('close', () => {
      if (connected || tries === 1) client.destroy();
      else if (!client.destroyed) this.#serve(client, tries - 1);
    });
  }

  #own(socket: Socket): void {
    this.#sockets.add(socket);
    socket.setNoDelay();
    // It also closes, which is all that matters.
    socket.on('error', () => {});
    socket.on('close', () => this.#sockets.delete(socket));
  }
}
