import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { serverCommand } from './server-program.js';

const [node, ...script] = serverCommand;

/** Runs `user …` with something on standard input. */
export async function userCommand(args: string[], input = '', env: Record<string, string> = {}) {
  const program = spawn(node, [...script, 'user', ...args], {
    env: { ...process.env, RTC_ACCOUNTS: '', ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let out = '';
  let err = '';
  program.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
  program.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
  program.stdin.on('error', () => {}).end(input);
  const [code] = (await once(program, 'close')) as [number];
  return { code, out, err };
}
