import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';

/** A Redis of the test's own. */
export interface TestRedis {
  readonly url: string;
  readonly pid: number;
  /** Settles when it has ended. */
  stop(): Promise<void>;
}

/** Starts redis-server on a port, a free one by default, keeping nothing on disk. */
export async function startRedis(port?: number): Promise<TestRedis> {
  port ??= await freePort();
  const flags = ['--port', `${port}`, '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'];
  const server = spawn('redis-server', flags, {
    cwd: tmpdir(),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(server, 'close');
  let log = '';
  server.stdout.setEncoding('utf8').on('data', (text: string) => (log += text));
  while (!log.includes('Ready to accept connections')) {
    const [ready] = (await Promise.race([once(server.stdout, 'data'), ended])) as [unknown];
    if (typeof ready !== 'string') throw new Error(`redis-server has ended:\n${log}`);
  }
  return {
    url: `redis://127.0.0.1:${port}`,
    pid: server.pid!,
    stop: async () => {
      server.kill('SIGKILL');
      await ended;
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
