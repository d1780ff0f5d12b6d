import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** Starts a program of `bench/clients/`; settles with what it says first. */
export async function startClients(program: string, ...args: string[]): Promise<ChildProcess> {
  const file = fileURLToPath(new URL(`../clients/${program}.ts`, import.meta.url));
  const clients = fork(file, args, {
    execArgv: ['--conditions=rtc-widgets-source', '--import=tsx'],
  });
  await once(clients, 'message');
  return clients;
}
