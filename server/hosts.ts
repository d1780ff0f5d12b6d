import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';
import type { Origination } from './client-address.js';
import { isLocal } from './listen.js';
import { answer, type Answer } from './requests.js';

interface HostOptions {
  /** The name or address that the server listens on. */
  host: string;
  /** Names of the server, besides those that every server has. */
  names?: readonly string[] | undefined;
  /** Origins of the pages that may connect. */
  origins?: readonly string[] | undefined;
  originationOf: (request: IncomingMessage) => Origination;
}

/**
 * Names that nobody can register, so that no page of another site comes from one: a name without a
 * dot, and those under reserved domains (RFC 6761, RFC 6762, RFC 8375, ICANN's `internal`).
 */
const notForSale = /^[^.]+$|\.(localhost|local|test|internal|home\.arpa)$/;

/**
 * Says whether a request is for this server, by its Host. If not, a page of another site may have
 * had its own name lead here (DNS rebinding), and the browser takes the two for one origin.
 *
 * Without names, only a server that listens on localhost, and that has no list of origins, looks at
 * all: with a list, a page's Origin says enough, and anybody reaches a public server anyway. What
 * is encrypted, or comes through a trusted proxy, has been asked for by a name that fits.
 * @throws {Error} in words, when a name is none
 */
export function hostCheck({ host, names, origins, originationOf }: HostOptions) {
  const looks = names !== undefined || (isLocal(host) && !origins);
  const own = new Set([host, ...(names ?? []).map(readName)]);
  return (request: IncomingMessage): boolean => {
    const { host: asked } = request.headers;
    // Browsers always say it.
    if (!looks || asked === undefined) return true;
    const name = nameIn(asked);
    // A page cannot have an address lead elsewhere.
    if (name !== undefined && (isIP(name) || notForSale.test(name) || own.has(name))) return true;
    if (names) return false;
    const { encrypted, proxied } = originationOf(request);
    return encrypted === true || proxied;
  };
}

/** Answers only what is for this server. */
export const forOwnHost =
  (isOwn: (request: IncomingMessage) => boolean, then: Answer): Answer =>
  (request, response, path) =>
    isOwn(request) ? then(request, response, path) : answer(response, 403, WORDS);

const WORDS =
  'This server does not go by the name in the address. If it should: --server-name NAME';

function readName(text: string): string {
  const name = nameIn(text);
  if (name === undefined || /[:*]/.test(text)) {
    throw new Error(`A server's name is talk.example.org, say, without scheme and port: "${text}"`);
  }
  return name;
}

/** The name or address in a Host header, as URLs spell it; undefined where it has none. */
function nameIn(host: string): string | undefined {
  if (!/^[^\s/?#@\\]+$/.test(host) || !URL.canParse(`http://${host}`)) return undefined;
  return new URL(`http://${host}`).hostname.replace(/^\[|\]$|\.$/g, '');
}
