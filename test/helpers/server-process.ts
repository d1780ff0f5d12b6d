import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';

/** The real server as a process, which can be killed and started anew on the same port. */
export class ServerProcess {
  readonly port: number;
  readonly #flags: string[];
  #process: ChildProcess | undefined;

  private constructor(port: number, flags: string[]) {
    this.port = port;
    this.#flags = flags;
  }

  static async start(...flags: string[]): Promise<ServerProcess> {
    const server = new ServerProcess(await freePort(), flags);
    await server.start();
    return server;
  }

  get url(): string {
    return `http://localhost:${this.port}`;
  }

  /** Settles when it listens. */
  async start(): Promise<void> {
    const main = fileURLToPath(new URL('../../server/main.ts', import.meta.url));
    const flags = ['--port', String(this.port), '--quiet', ...this.#flags];
    const child = spawn(process.execPath, ['--import=tsx', main, ...flags], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    this.#process = child;
    await once(child.stdout, 'data');
  }

  /** Settles when it has ended. @returns its exit code, null where the signal ended it */
  async stop(signal: NodeJS.Signals = 'SIGKILL'): Promise<number | null> {
    const child = this.#process!;
    if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
    const ended = once(child, 'exit');
    child.kill(signal);
    const [code] = (await ended) as [number | null];
    return code;
  }
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return port;
}
