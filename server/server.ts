import {
  type Admission,
  type Clock,
  defaultHubSettings,
  Hub,
  type HubSettings,
  systemClock,
} from 'rtc-widgets/hub';
import { connectBus } from './bus/connect-bus.js';
import { Certificate, type CertificateFiles } from './certificate.js';
import { originationReader, proxyCheck } from './client-address.js';
import { ConnectionGate } from './connection-gate.js';
import type { ServerEvent, ServerObserver } from './events.js';
import { startMetrics } from './metrics-server.js';
import { defaultKitRoot, defaultWebRoot, fileServer } from './files.js';
import { forOwnHost, hostCheck } from './hosts.js';
import { httpServer } from './http.js';
import { defaultLimits, ofAddress, type Limits } from './limits.js';
import { isLocal, listen, portOf, stop } from './listen.js';
import type { MetricsOptions } from './metrics-page.js';
import { healthz, readyz, requestHandler, type Answer, type ReadyCheck } from './requests.js';
import { Sockets } from './sockets.js';
import { turnRelays, type TurnOptions } from './turn.js';
import { urlOf } from './url.js';
import { WaitingSockets } from './waiting-sockets.js';

/** Everything has a default. Durations are milliseconds. */
export interface ServerOptions {
  /** Name or address to listen on. Default: `localhost`, which nobody reaches from elsewhere. */
  host?: string;
  /** Default: 9090, as basic clients expect; 0 takes a free one. */
  port?: number;
  /** The folder that is served at `/`. Default: the package's demo pages. */
  webRoot?: string;
  /** The folder that holds `rtc-widgets.js` and `chunks/`. Default: the package's build. */
  kitRoot?: string;
  /** Durations and bounds of the hub, and the ICE servers that it hands out. */
  hub?: Partial<HubSettings>;
  /** The Redis that this server shares its state over with others, `redis://…`. Default: none. */
  bus?: string;
  /** Decides who is admitted, see {@link openAdmission}. Default: anyone, by name. */
  admission?: Admission | undefined;
  /** TURN servers that credentials are made for. */
  turn?: TurnOptions;
  /**
   * Origins of the pages that may connect, `https://talk.example.org` say, `null` for those that
   * have none. Default: the server's own, and on localhost those of this machine.
   */
  origins?: readonly string[];
  /**
   * Names that this server goes by, `talk.example.org` say, and by no others but addresses and names
   * that nobody can register. Default: any, and those only on localhost without {@link origins}.
   */
  serverNames?: readonly string[];
  /**
   * Origins of the pages that may frame this server's pages, besides those pages themselves; `*` for
   * all. Default: none.
   */
  frameAncestors?: readonly string[];
  /** Addresses and networks of proxies whose X-Forwarded-For counts. Default: none. */
  trustProxy?: readonly string[];
  /** Serves `https:` and `wss:` with this certificate. */
  tls?: CertificateFiles;
  /** Bounds of connections. */
  limits?: Partial<Limits>;
  /** How often a connection is pinged; a connection that has not answered by the next is cut. */
  heartbeat?: number;
  /** Shows metrics for Prometheus at `/metrics`. Default: none are taken. */
  metrics?: MetricsOptions;
  /** Further checks of `/readyz`, besides that the server is not about to end. */
  ready?: readonly ReadyCheck[];
  /** Hears what happens, see {@link logLines}. Default: nobody does. */
  observer?: ServerObserver;
  clock?: Clock;
}

/** A server that listens. */
export interface RunningServer {
  /** Where a browser on this machine finds it, `http://localhost:9090` say. */
  readonly url: string;
  readonly port: number;
  /** Where the metrics are, if they have a port of their own. */
  readonly metricsUrl: string | undefined;
  /** Reads the certificate again. */
  reload(): void;
  /**
   * Lets nobody in any more, sends everyone elsewhere over as much of the time as it takes, and
   * closes. `/readyz` says so at once.
   * @param bound most milliseconds that it takes
   */
  drain(bound: number): Promise<void>;
  /**
   * Closes every connection and stops listening. Nothing of the server is left afterwards.
   */
  close(): Promise<void>;
}

/**
 * Starts a server: pages and signaling on one port.
 * @throws {NodeJS.ErrnoException} when it cannot listen, `EADDRINUSE` where the port is taken
 * @throws {Error} in words, when the certificate, an origin, a name or a proxy's address is none, or
 * its bus cannot be reached
 */
export async function createServer(options: ServerOptions = {}): Promise<RunningServer> {
  const { host = 'localhost', port = 9090, clock = systemClock } = options;
  const { origins, serverNames, frameAncestors, trustProxy, tls } = options;
  const { heartbeat = 30_000, turn, ready = [] } = options;
  const { webRoot = defaultWebRoot, kitRoot = defaultKitRoot } = options;
  const limits = { ...defaultLimits, ...options.limits };
  const originationOf = originationReader(trustProxy);
  const isOwnHost = hostCheck({ host, names: serverNames, origins, originationOf });
  const files = fileServer({ webRoot, kitRoot, frameAncestors });

  const observers = options.observer ? [options.observer] : [];
  const observe = (event: ServerEvent) => observers.forEach((observer) => observer(event));
  const { names, rings } = ofAddress(limits.connectionsPerAddress);
  const perAddress = { most: rings, period: 60_000 };
  const settings = {
    namesPerAddress: names,
    rings: { ...defaultHubSettings.rings, perAddress },
    ...options.hub,
    ...(turn && { relays: turnRelays(turn) }),
  };
  const directory = options.bus
    ? await connectBus(options.bus, { hub: settings, observer: observe, clock })
    : undefined;
  const { admission } = options;
  const hub = new Hub({ settings, admission, observer: observe, clock, directory });
  const certificate = tls && new Certificate(tls, clock, observe);
  const gate = new ConnectionGate({
    origins,
    originationOf,
    isOwnHost,
    local: isLocal(host),
    limits,
  });
  const sockets = new Sockets(hub, { gate, heartbeat, limits, observe });
  const waiting = new WaitingSockets(limits, proxyCheck(trustProxy));

  const metrics = options.metrics && (await startMetrics(options.metrics, sockets, clock, limits));
  if (metrics) observers.push(metrics.observe);
  const checks: ReadyCheck[] = [
    { name: 'draining', ready: () => !gate.draining },
    { name: 'bus', ready: () => !hub.directory.degraded },
    ...ready,
  ];
  const routes = new Map<string, Answer>([
    ['/healthz', healthz],
    ['/readyz', readyz(checks)],
  ]);
  if (metrics?.page) routes.set('/metrics', metrics.page);
  const answer = requestHandler(routes, forOwnHost(isOwnHost, files));

  const create = () => {
    const server = httpServer(answer, limits, certificate);
    waiting.watch(server);
    return server.on('upgrade', (request, socket, head) => {
      waiting.upgraded(socket);
      sockets.upgrade(request, socket, head);
    });
  };
  const servers = await listen(host, port, create).catch(async (error: unknown) => {
    await Promise.all([metrics?.close(), directory?.close()]);
    throw error;
  });
  sockets.start();
  certificate?.start();

  const closeAll = async () => {
    certificate?.stop();
    const stopped = servers.map(stop);
    await sockets.close();
    await Promise.all([...stopped, metrics?.close()]);
    hub.close();
    await directory?.close();
  };
  let closed: Promise<void> | undefined;
  const close = () => (closed ??= closeAll());
  return {
    url: urlOf(host, portOf(servers[0]), tls && 'https'),
    port: portOf(servers[0]),
    metricsUrl: metrics?.url,
    reload: () => certificate?.reload(),
    async drain(bound) {
      await sockets.drain(bound);
      await close();
    },
    close,
  };
}
