import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';

/** The CPU time that a server has used since it started, and the memory it holds. */
export interface Usage {
  /** CPU time of all its threads, in microseconds. */
  cpu: number;
  /** Resident memory now, and the most that there was, in bytes. */
  resident: number;
  peak: number;
  /** Delay of the event loop since the last question: the 99th percentile, in milliseconds. */
  delay: number;
  /** Mistakes of the server itself, where its program counts them. */
  faults?: number;
}

/**
 * In a server's program: says where it listens, and how much it uses when asked.
 * @param more what else it counts
 */
export function answerFor(port: number, more: () => Pick<Usage, 'faults'> = () => ({})): void {
  const delays = monitorEventLoopDelay({ resolution: 1 });
  delays.enable();
  process.on('message', (question) => {
    // A collection costs CPU time, too, which must not count here.
    if (question === 'settled') globalThis.gc?.();
    const { user, system } = process.cpuUsage();
    const peak = process.resourceUsage().maxRSS * 1024;
    const resident = process.memoryUsage.rss();
    const delay = delays.percentile(99) / 1e6;
    process.send!({ cpu: user + system, resident, peak, delay, ...more() });
    delays.reset();
  });
  process.on('disconnect', () => process.exit());
  process.send!({ port });
}

/** A server in a process of its own, so that only its own work is counted. */
export class UnderTest {
  readonly name: string;
  readonly port: number;
  readonly #process: ChildProcess;

  private constructor(name: string, port: number, process: ChildProcess) {
    this.name = name;
    this.port = port;
    this.#process = process;
  }

  /** @param program a module of `bench/servers/` */
  static async start(name: string, program: string, ...args: string[]): Promise<UnderTest> {
    const file = fileURLToPath(new URL(`../servers/${program}.ts`, import.meta.url));
    const child = fork(file, args, {
      execArgv: ['--conditions=rtc-widgets-source', '--import=tsx', '--expose-gc'],
    });
    child.on('exit', (code) => {
      if (code !== 0) throw new Error(`${name} has ended with ${code}`);
    });
    const [{ port }] = (await once(child, 'message')) as [{ port: number }];
    return new UnderTest(name, port, child);
  }

  usage(): Promise<Usage> {
    return this.#ask('now');
  }

  /** The same after a garbage collection. */
  settledUsage(): Promise<Usage> {
    return this.#ask('settled');
  }

  async stop(): Promise<void> {
    const ended = once(this.#process, 'exit');
    this.#process.disconnect();
    await ended;
  }

  async #ask(question: 'now' | 'settled'): Promise<Usage> {
    const answer = once(this.#process, 'message');
    this.#process.send(question);
    return ((await answer) as [Usage])[0];
  }
}
