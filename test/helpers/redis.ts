import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect, createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before } from 'node:test';
import { connectRedis, type Redis } from '../../server/redis.js';
import { spawnDependent } from './spawn.js';

/** How a private Redis is started. */
export interface RedisChoices {
  /** Whether its data outlive it. */
  lasting?: boolean;
  /** Whether it is a Redis Cluster, of one node, which refuses keys of different hash tags. */
  cluster?: boolean;
  password?: string;
}

/** A real Redis, on a free port, that can be killed and started anew at the same address. */
export class OwnRedis {
  readonly url: string;
  readonly port: number;
  readonly #folder: string;
  readonly #choices: RedisChoices;
  #process!: ChildProcess;

  private constructor(port: number, folder: string, choices: RedisChoices) {
    this.port = port;
    this.url = `redis://${choices.password ? `:${choices.password}@` : ''}127.0.0.1:${port}`;
    this.#folder = folder;
    this.#choices = choices;
  }

  static async start(choices: RedisChoices = {}): Promise<OwnRedis> {
    const folder = await mkdtemp(join(tmpdir(), 'rtc-widgets-redis-'));
    const redis = new OwnRedis(await freePort(), folder, choices);
    await redis.#run();
    if (choices.cluster) {
      await redis.#ask('CLUSTER ADDSLOTSRANGE 0 16383', 'OK');
      await redis.#ask('CLUSTER INFO', 'cluster_state:ok');
    }
    return redis;
  }

  get pid(): number {
    return this.#process.pid!;
  }

  /** Ends it at once; what it has not written is lost. */
  async kill(): Promise<void> {
    await this.#end('SIGKILL');
  }

  /** Starts it anew; settles when it answers. */
  async restart(): Promise<void> {
    await this.#end('SIGKILL');
    await this.#run();
  }

  /** It answers nobody, and breaks no connection. */
  freeze(): void {
    this.#process.kill('SIGSTOP');
  }

  thaw(): void {
    this.#process.kill('SIGCONT');
  }

  /** Ends it for good, with all that it has left. */
  async stop(): Promise<void> {
    await this.#end('SIGKILL');
    await rm(this.#folder, { recursive: true, force: true });
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    const { exitCode, signalCode } = this.#process;
    if (exitCode !== null || signalCode !== null) return;
    const ended = once(this.#process, 'close');
    this.#process.kill(signal);
    await ended;
  }

  async #run(): Promise<void> {
    const { lasting, cluster, password } = this.#choices;
    const flags = ['--port', `${this.port}`, '--bind', '127.0.0.1', '--dir', this.#folder];
    flags.push('--save', '', '--appendonly', lasting ? 'yes' : 'no', '--appendfsync', 'always');
    if (cluster) flags.push('--cluster-enabled', 'yes', '--cluster-port', `${await freePort()}`);
    if (password) flags.push('--requirepass', password);
    this.#process = spawnDependent('redis-server', flags, { stdio: ['ignore', 'pipe', 'ignore'] });
    let said = '';
    this.#process.stdout!.setEncoding('utf8').on('data', (text: string) => (said += text));
    const over = once(this.#process, 'close').then(() => Promise.reject(new Error(said)));
    while (!said.includes('Ready to accept connections')) {
      await Promise.race([once(this.#process.stdout!, 'data'), over]);
    }
  }

  /** Says a line until the answer is as it should be. */
  async #ask(line: string, answer: string): Promise<void> {
    const socket = connect(this.port, '127.0.0.1').setEncoding('utf8');
    socket.write(`${line}\r\n`);
    for await (const text of socket) {
      if (String(text).includes(answer)) break;
      socket.write(`${line}\r\n`);
    }
    socket.destroy();
  }
}

/** Starts a private Redis. */
export const startRedis = (choices?: RedisChoices): Promise<OwnRedis> => OwnRedis.start(choices);

/** A Redis for the tests of a file, and a connection to it: there once they run. */
export function ownRedis() {
  const own = {} as { redis: OwnRedis; connection: Redis };
  before(async () => {
    own.redis = await startRedis();
    own.connection = await connectRedis(own.redis.url, { onError: () => {} });
  });
  after(async () => {
    own.connection.destroy();
    await own.redis.stop();
  });
  return own;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
