import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { spawnDependent } from './spawn.js';
import { TurnClient } from './turn-client.js';

/** The real relay, on this machine only. */
export class Coturn {
  readonly port: number;
  readonly #end: () => Promise<void>;

  private constructor(port: number, end: () => Promise<void>) {
    this.port = port;
    this.#end = end;
  }

  /**
   * Settles when it answers.
   * @param config of which some is changed, so that it has a port of its own
   * @param flags what else is changed
   */
  static async start(config: string, ...flags: string[]): Promise<Coturn> {
    const folder = await mkdtemp(join(tmpdir(), 'rtc-widgets-coturn-'));
    const file = join(folder, 'turnserver.conf');
    await writeFile(file, config);
    const port = await freePort();
    const here = ['--listening-ip=127.0.0.1', '--relay-ip=127.0.0.1', `--listening-port=${port}`];
    const own = [`--pidfile=${folder}/pid`, `--userdb=${folder}/db`];
    const all = ['-c', file, ...here, ...own, ...flags];
    const relay = spawnDependent('turnserver', all, { stdio: 'ignore' });
    const ended = once(relay, 'close');
    ended.catch(() => {});
    const coturn = new Coturn(port, async () => {
      relay.kill('SIGKILL');
      await ended.catch(() => {});
      await rm(folder, { recursive: true });
    });
    const client = await TurnClient.open(port);
    try {
      const early = ended.then(() => Promise.reject(new Error('turnserver has ended')));
      await Promise.race([client.binding(), early]);
      return coturn;
    } catch (error) {
      await coturn.stop();
      throw error;
    } finally {
      client.close();
    }
  }

  async stop(): Promise<void> {
    await this.#end();
  }
}

async function freePort(): Promise<number> {
  const socket = createSocket('udp4');
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  const { port } = socket.address();
  socket.close();
  await once(socket, 'close');
  return port;
}
