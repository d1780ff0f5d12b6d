import { readSecret } from './secret.js';
import { readPort, type Values } from './values.js';

export const metricsFlags = {
  'metrics-port': { type: 'string' },
  'metrics-host': { type: 'string', default: 'localhost' },
  'metrics-token-file': { type: 'string' },
} as const;

export const metricsUsage = `  --metrics-port PORT
                    serve figures for Prometheus at /metrics on this port
  --metrics-host HOST
                    of this name or address (default: localhost)
  --metrics-token-file FILE
                    to who has the bearer token in this file; without a port of their
                    own, on the port of everything else
`;

/** Reads where and to whom metrics are shown; undefined if nowhere. */
export function readMetrics(values: Values<typeof metricsFlags>) {
  const { 'metrics-port': port, 'metrics-host': host, 'metrics-token-file': file } = values;
  const token = file === undefined ? undefined : readSecret('metrics-token-file', file);
  if (port === undefined && token === undefined) return undefined;
  return { host, token, ...(port !== undefined && { port: readPort(port) }) };
}
