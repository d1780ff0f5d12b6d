import { readPort, readSeconds, type Values } from './values.js';

export const listeningFlags = {
  host: { type: 'string' },
  port: { type: 'string' },
  'web-root': { type: 'string' },
  drain: { type: 'string', default: '5' },
} as const;

export const listeningUsage = `
  --host HOST       listen on this name or address (HOST; default: localhost)
  --port PORT       listen on this port, 0 for a free one (PORT; default: 9090)
  --web-root DIR    serve this folder instead of the demo pages
  --drain SECONDS   at SIGTERM, take at most so long to send everyone elsewhere
                    (default: 5)
`;

/** Where the server listens, and how long it takes to end. */
export function readListening(values: Values<typeof listeningFlags>, env: NodeJS.ProcessEnv) {
  return {
    // An empty variable is as good as none.
    host: values.host ?? (env.HOST || 'localhost'),
    port: readPort(values.port ?? (env.PORT || '9090')),
    webRoot: values['web-root'],
    drain: readSeconds('drain', values.drain),
  };
}
