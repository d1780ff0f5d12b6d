import { ServerProgram } from './server-program.js';

/** A server that can be killed and started anew, at the same address. */
export class LastingServer {
  #program: ServerProgram;
  readonly #flags: string[];
  /** Where a browser on this machine finds it. */
  readonly url: string;

  private constructor(program: ServerProgram, url: string, flags: string[]) {
    this.#program = program;
    this.#flags = flags;
    this.url = url;
  }

  /**
   * Settles when it listens, on a port that is free.
   * @param flags of the server, besides its port
   */
  static async start(...flags: string[]): Promise<LastingServer> {
    const program = run('0', flags);
    return new LastingServer(program, await program.url(), flags);
  }

  get port(): number {
    return Number(new URL(this.url).port);
  }

  /** Settles when it listens again. */
  async restart(): Promise<void> {
    this.#program = run(String(this.port), this.#flags);
    await this.#program.url();
  }

  /** Settles when it has ended. */
  async stop(signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
    const { process, ended } = this.#program;
    if (process.exitCode !== null || process.signalCode !== null) return;
    const over = ended();
    process.kill(signal);
    await over;
  }
}

const run = (port: string, flags: string[]) =>
  new ServerProgram(['--port', port, '--quiet', ...flags]);
