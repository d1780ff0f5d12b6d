import { createServer as createHttpServer, type Server } from 'node:http';
import type { Admission } from '../src/hub/admission.js';
import { systemClock, type Clock } from '../src/hub/clock.js';
import { Hub } from '../src/hub/hub.js';
import type { HubObserver } from '../src/hub/observer.js';
import type { HubSettings } from '../src/hub/settings.js';
import { connectBus } from './bus/connect-bus.js';
import { defaultKitRoot, defaultWebRoot, fileServer } from './files.js';
import { listen, portOf, stop } from './listen.js';
import { requestHandler } from './requests.js';
import { Sockets } from './sockets.js';
import { urlOf } from './url.js';

/** Everything has a default. Durations are milliseconds. */
export interface ServerOptions {
  /** Name or address to listen on. Default: `localhost`, which nobody reaches from elsewhere. */
  host?: string;
  /** Default: 9090, as in the course; 0 takes a free one. */
  port?: number;
  /** The folder that is served at `/`. Default: the package's demo pages. */
  webRoot?: string;
  /** The folder that holds `rtc-widgets.js` and `chunks/`. Default: the package's build. */
  kitRoot?: string;
  /** Durations and bounds of the hub, and the ICE servers that it hands out. */
  hub?: Partial<HubSettings>;
  /** The Redis that this server shares its state over with others, `redis://…`. Default: none. */
  bus?: string;
  /** Who gets in, see {@link openAdmission}. Default: anyone, by name. */
  admission?: Admission | undefined;
  /** How often a connection is pinged; one that answered no ping by the next is cut. */
  heartbeat?: number;
  /** Bytes that may wait for a client that does not read, before it is cut. */
  maxBuffered?: number;
  /** Hears what happens, see {@link logLines}. Default: nobody does. */
  observer?: HubObserver;
  clock?: Clock;
}

/** A server that listens. */
export interface RunningServer {
  /** Where a browser on this machine finds it, `http://localhost:9090` say. */
  readonly url: string;
  readonly port: number;
  /** Whether it can do all that it is there for: it cannot while its bus is away. */
  ready(): boolean;
  /**
   * Closes every connection and stops listening. Nothing of the server is left afterwards.
   */
  close(): Promise<void>;
}

/**
 * Starts a server: pages and signaling on one port.
 * @throws {NodeJS.ErrnoException} when it cannot listen, `EADDRINUSE` where the port is taken
 * @throws {Error} when its bus cannot be reached
 */
export async function createServer(options: ServerOptions = {}): Promise<RunningServer> {
  const { host = 'localhost', port = 9090, observer, clock = systemClock } = options;
  const { heartbeat = 30_000, maxBuffered = 4 * 1024 * 1024 } = options;
  const { webRoot = defaultWebRoot, kitRoot = defaultKitRoot } = options;

  const { hub: settings, admission, bus } = options;
  const directory = bus ? await connectBus(bus, { hub: settings, observer, clock }) : undefined;
  const hub = new Hub({ settings, admission, observer, clock, directory });
  const sockets = new Sockets(hub, { heartbeat, maxBuffered });
  const answer = requestHandler(fileServer({ webRoot, kitRoot }));
  const servers = await listen(host, port, () =>
    createHttpServer(answer).on('upgrade', sockets.upgrade),
  ).catch(async (error: unknown) => {
    await directory?.close();
    throw error;
  });
  sockets.start();

  let closed: Promise<void> | undefined;
  return {
    url: urlOf(host, portOf(servers[0]!)),
    port: portOf(servers[0]!),
    ready: () => !hub.directory.degraded,
    close: () => (closed ??= closeAll(servers, sockets, hub).then(() => directory?.close())),
  };
}

async function closeAll(servers: Server[], sockets: Sockets, hub: Hub): Promise<void> {
  const stopped = servers.map(stop);
  await sockets.close();
  await Promise.all(stopped);
  hub.close();
}
