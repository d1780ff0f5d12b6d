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

/** The figures of a server, and where they are to be seen. */
export interface Figures {
  observe: ServerObserver;
  /** To be shown on the server's own port. */
  page?: Answer;
  /** Of their own port. */
  url?: string;
  close(): Promise<void>;
}

/** Starts to take figures, and shows them. */
export async function startFigures(
  { host = 'localhost', port, token }: MetricsOptions,
  traffic: Traffic,
  clock: Clock,
  limits: Limits,
): Promise<Figures> {
  if (port === undefined && token === undefined) {
    throw new Error('Figures on the server’s own port need a token, or a port of their own');
  }
  const { Metrics } = await import('./metrics.js');
  const metrics = new Metrics(traffic, clock);
  const { observe } = metrics;
  const page = metricsPage(metrics, token);
  if (port === undefined) return { observe, page, close: async () => metrics.close() };
  // Who has the token is asked nothing else; a page of another site has none.
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
