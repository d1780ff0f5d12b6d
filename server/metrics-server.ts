import type { Clock } from 'rtc-widgets/hub';
import { originationReader } from './client-address.js';
import type { ServerObserver } from './events.js';
import { forOwnHost, hostCheck } from './hosts.js';
import { httpServer } from './http.js';
import type { Limits } from './limits.js';
import { listen, portOf, stop } from './listen.js';
import { metricsPage, type MetricsOptions } from './metrics-page.js';
import type { Traffic } from './metrics.js';
import { notFound, requestHandler, type Answer } from './requests.js';
import { urlOf } from './url.js';
import { WaitingSockets } from './waiting-sockets.js';

/** The metrics of a server, and where they are shown. */
export interface MetricsServer {
  observe: ServerObserver;
  /** The page on the server's own port, where it is shown there. */
  page?: Answer;
  /** The address of its own port, where it has one. */
  url?: string;
  close(): Promise<void>;
}

/**
 * Starts to take metrics, and shows them.
 * @throws {Error} in words, when they would be on the server's own port without a token
 */
export async function startMetrics(
  { host = 'localhost', port, token }: MetricsOptions,
  traffic: Traffic,
  clock: Clock,
  limits: Limits,
): Promise<MetricsServer> {
  if (port === undefined && token === undefined) {
    throw new Error('Metrics on the server’s own port need a token, or a port of their own');
  }
  const { Metrics } = await import('./metrics.js');
  const metrics = new Metrics(traffic, clock);
  const { observe } = metrics;
  const page = metricsPage(metrics, token);
  if (port === undefined) return { observe, page, close: async () => metrics.close() };
  // A page of another site has no token: without one, the host is checked.
  const isOwnHost = hostCheck({ host, originationOf: originationReader() });
  const shown = token === undefined ? forOwnHost(isOwnHost, page) : page;
  const answer = requestHandler(new Map([['/metrics', shown]]), notFound);
  const waiting = new WaitingSockets(limits, () => false);
  const servers = await listen(host, port, () => {
    const server = httpServer(answer, limits);
    waiting.watch(server);
    return server;
  });
  return {
    observe,
    url: `${urlOf(host, portOf(servers[0]))}/metrics`,
    async close() {
      metrics.close();
      await Promise.all(servers.map(stop));
    },
  };
}
