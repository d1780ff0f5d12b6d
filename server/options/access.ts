import type { Values } from './values.js';

export const accessFlags = {
  origin: { type: 'string', multiple: true },
  'server-name': { type: 'string', multiple: true },
  'frame-ancestors': { type: 'string', multiple: true },
  'trust-proxy': { type: 'string', multiple: true },
  cert: { type: 'string' },
  key: { type: 'string' },
} as const;

export const accessUsage = `
  --origin ORIGIN   let pages of this origin in, and of no other that is not given:
                    https://talk.example.org; null for pages without one. May be
                    given several times. (Default: pages of the server's own origin;
                    when it listens on localhost only, those of this machine too)
  --server-name NAME
                    answer to this name, talk.example.org, and to no other that is not
                    given, but to addresses and names that nobody can register
                    (localhost, mybox, mybox.local). May be given several times.
                    (Default: to any; when it listens on localhost only, and without
                    --origin, to those that nobody can register)
  --frame-ancestors ORIGIN
                    let pages of this origin frame the pages that are served,
                    https://site.example; * for any. May be given several times.
                    (Default: pages of the server's own origin only)
  --trust-proxy ADDRESS
                    believe what a proxy at this address, or in this network
                    (10.0.0.0/8), says of whom it passes on. May be given several
                    times
  --cert FILE, --key FILE
                    serve https: and wss: with this certificate (PEM, its chain in
                    it) and key; read again when they change, and at SIGHUP
`;

/** Reads who is admitted, and how. */
export function readAccess(values: Values<typeof accessFlags>) {
  const { origin: origins, 'trust-proxy': trustProxy, cert, key } = values;
  const { 'server-name': serverNames, 'frame-ancestors': frameAncestors } = values;
  if ((cert === undefined) !== (key === undefined)) {
    throw new Error('--cert and --key go together: a certificate needs its key');
  }
  const tls = cert && key ? { cert, key } : undefined;
  return { origins, serverNames, frameAncestors, trustProxy, tls };
}
