import { readFileSync } from 'node:fs';
import { readSecret } from './secret.js';
import { readSeconds, type Values } from './values.js';

export const turnFlags = {
  'ice-servers': { type: 'string' },
  'turn-urls': { type: 'string' },
  'turn-secret-file': { type: 'string' },
  'turn-ttl': { type: 'string', default: '600' },
} as const;

export const turnUsage = `
  --ice-servers FILE
                    hand out the STUN and TURN servers in this file: a JSON array of
                    RTCIceServer, { "urls", "username", "credential" }
  --turn-urls URLS  hand out credentials for these TURN servers, which end by
                    themselves: turn:turn.example.org,turns:turn.example.org
  --turn-secret-file FILE
                    the secret that the TURN servers know too (coturn's
                    static-auth-secret, see turn-config)
  --turn-ttl SECONDS
                    how long such a credential counts (default: 600)
`;

/** Which STUN and TURN servers are handed out. */
export function readTurn(values: Values<typeof turnFlags>) {
  const { 'ice-servers': file, 'turn-urls': list, 'turn-secret-file': secretFile } = values;
  if ((list === undefined) !== (secretFile === undefined)) {
    throw new Error('--turn-urls and --turn-secret-file go together');
  }
  const lifetime = readLifetime(values['turn-ttl']);
  return {
    iceServers: file ? readIceServers(file) : [],
    turn:
      list !== undefined && secretFile !== undefined
        ? {
            urls: readUrls(list),
            secret: readSecret('turn-secret-file', secretFile),
            lifetime,
          }
        : undefined,
  };
}

const isIceUrl = (url: unknown) => typeof url === 'string' && /^(stun|turn)s?:/.test(url);

function readUrls(list: string): string[] {
  const urls = list.split(',').map((url) => url.trim());
  if (urls.every((url) => /^turns?:[^\s,]+$/.test(url))) return urls;
  throw new Error(`--turn-urls must be turn: or turns: URLs with commas between, not "${list}"`);
}

/** A page renews its credentials as it asks for a sign of life, every 15 seconds. */
function readLifetime(text: string): number {
  const lifetime = readSeconds('turn-ttl', text);
  if (lifetime >= 60_000) return lifetime;
  throw new Error('--turn-ttl must be 60 seconds or more');
}

function readIceServers(file: string): RTCIceServer[] {
  let servers: unknown;
  try {
    servers = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new Error(`The ICE servers cannot be read: ${(error as Error).message}`, {
      cause: error,
    });
  }
  const fine = (server: Partial<RTCIceServer> | null) => [server?.urls].flat().every(isIceUrl);
  if (Array.isArray(servers) && servers.every(fine)) return servers as RTCIceServer[];
  throw new Error(`${file} must hold a JSON array of RTCIceServer, each with its urls`);
}
