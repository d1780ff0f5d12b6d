import { spawn, type ChildProcess, type SpawnOptions } from 'node:child_process';

/**
 * Starts a program that ends with this process, however this process ends: a test file that is cut
 * off leaves nothing running. Where there is no `setpriv` (util-linux), it ends with the test.
 */
export function spawnDependent(
  command: string,
  args: readonly string[],
  options: SpawnOptions,
): ChildProcess {
  return process.platform === 'linux'
    ? spawn('setpriv', ['--pdeathsig', 'KILL', command, ...args], options)
    : spawn(command, args, options);
}
