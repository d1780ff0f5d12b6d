import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { spawnDependent } from './spawn.js';

/** The command that runs the server from its sources; flags of the server follow. */
export const serverCommand = [
  process.execPath,
  '--conditions=rtc-widgets-source',
  '--import=tsx',
  fileURLToPath(new URL('../../server/main.ts', import.meta.url)),
] as const;

/** The server as a process, and what it has printed. */
export class ServerProgram {
  readonly process: ChildProcess;
  out = '';
  err = '';

  constructor(args: string[], env: Record<string, string> = {}) {
    const [node, ...script] = serverCommand;
    this.process = spawnDependent(node, [...script, ...args], {
      env: { ...process.env, HOST: '', PORT: '', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.process.stdout!.setEncoding('utf8').on('data', (text: string) => (this.out += text));
    this.process.stderr!.setEncoding('utf8').on('data', (text: string) => (this.err += text));
  }

  /** Settles with the exit code, or the signal that ended it, when all output is read. */
  readonly ended = async () => {
    const [code, signal] = (await once(this.process, 'close')) as [number | null, string | null];
    return code ?? signal;
  };

  /** The URL that it prints when it is ready. */
  async url(): Promise<string> {
    while (!this.out.includes('\n')) await once(this.process.stdout!, 'data');
    return this.out.trim();
  }
}
