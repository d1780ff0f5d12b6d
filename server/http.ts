import { createServer as createPlainServer, type RequestListener, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { Certificate } from './certificate.js';
import type { Limits } from './limits.js';

/** An HTTP server that waits for no request longer than it should; over TLS with a certificate. */
export function httpServer(
  answer: RequestListener,
  { requestTime }: Pick<Limits, 'requestTime'>,
  certificate?: Certificate,
): Server {
  const patience = {
    headersTimeout: requestTime,
    requestTimeout: requestTime,
    connectionsCheckingInterval: requestTime / 5,
  };
  if (!certificate) return createPlainServer(patience, answer);
  const server = createTlsServer(
    { ...certificate.pair, ...patience, handshakeTimeout: requestTime },
    answer,
  );
  certificate.keep(server);
  return server;
}
