/** As much of a request as says which page made it. */
export interface PageRequest {
  /** The Origin header (RFC 6454, section 7): absent where it was no browser. */
  origin: string | undefined;
  /** The Host header. */
  host: string | undefined;
  /** Whether it came encrypted, as far as is known. */
  encrypted: boolean | undefined;
}

/** Names and addresses that never leave the machine (RFC 6761, section 6.3; RFC 5735, section 3). */
const localHost = /^(localhost|.+\.localhost|127(\.\d+){3}|\[::1\])$/;

/**
 * Says which pages may connect: a browser tells, and no page can make it lie, what origin a page
 * is of. Whoever is no browser sends no origin, or any: for them it is no hurdle, and none is set up.
 * @param listed the origins that may, and no others; without it, pages of the server's own origin
 * @param local whether the server is there for this machine only: without a list, all of its pages
 * may connect
 * @throws {Error} with words, if an entry is no origin
 */
export function originPolicy(listed: readonly string[] | undefined, local: boolean) {
  const allowed = listed && new Set(listed.map(readOrigin));
  return ({ origin, host, encrypted }: PageRequest): boolean => {
    if (origin === undefined) return true;
    if (allowed) return allowed.has(origin);
    const url = parse(origin);
    // A browser spells an origin in one way only.
    if (!url || url.origin !== origin) return false;
    if (local && localHost.test(url.hostname)) return true;
    // To a page that came in the clear, anybody on its way may have added anything.
    if (encrypted && url.protocol !== 'https:') return false;
    return host !== undefined && parse(`${url.protocol}//${host}`)?.host === url.host;
  };
}

/**
 * An origin as browsers spell it: small letters, and no port that goes without saying.
 * @throws {Error} in words, when it is none
 */
export function readOrigin(text: string): string {
  if (text === 'null') return text;
  const url = parse(text);
  // A pattern would let nobody in.
  const web = /^https?:\/\/[^*]+$/i.test(text);
  if (
    !url ||
    !web ||
    url.username ||
    url.password ||
    url.pathname + url.search + url.hash !== '/'
  ) {
    throw new Error(`An origin is a scheme and a host, https://talk.example.org say: "${text}"`);
  }
  return url.origin;
}

const parse = (text: string) => (URL.canParse(text) ? new URL(text) : undefined);
