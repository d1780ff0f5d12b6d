import { createHash, timingSafeEqual } from 'node:crypto';
import type { Metrics } from './metrics.js';
import { answer, type Answer } from './requests.js';

/** Where the metrics are, and the token to read them. */
export interface MetricsOptions {
  /** A port of their own. Without one they are on the server's, where a token is a must. */
  port?: number;
  /** Where that port is. Default: `localhost`. */
  host?: string;
  /** The token that a request must carry: `Authorization: Bearer …` (RFC 6750, section 2.1). */
  token?: string;
}

/** Shows the metrics; where there is a token, to a request that carries it. */
export function metricsPage(metrics: Metrics, token: string | undefined): Answer {
  return async ({ headers }, response) => {
    if (token !== undefined && !same(headers.authorization ?? '', `Bearer ${token}`)) {
      response.setHeader('WWW-Authenticate', 'Bearer');
      return answer(response, 401, 'A token is needed');
    }
    answer(response, 200, await metrics.text());
  };
}

/** Compares in a time that tells nothing of how much of it is right. */
function same(given: string, expected: string): boolean {
  const hash = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(hash(given), hash(expected));
}
