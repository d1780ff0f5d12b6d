import type { IncomingMessage } from 'node:http';
import { BlockList, isIP, SocketAddress } from 'node:net';
import type { TLSSocket } from 'node:tls';

/** The client address of a request, also behind a proxy. */
export interface Origination {
  /** The client's IP address; empty when its connection is gone already. */
  address: string;
  /** Whether it came encrypted; undefined when only a proxy could know, and has not said. */
  encrypted: boolean | undefined;
  /** Whether a trusted proxy forwards the request and names its client. */
  proxied: boolean;
}

/**
 * Reads the client addresses of requests. Each trusted proxy appends the address of its client to
 * X-Forwarded-For: the header is read from the right, as far as trusted proxies wrote it.
 * @param trusted addresses, and networks in CIDR notation
 * @throws {Error} with words, if an entry is neither
 */
export function originationReader(trusted: readonly string[] = []) {
  const isProxy = proxyCheck(trusted);
  return ({ socket, headers }: IncomingMessage): Origination => {
    const own = (socket as TLSSocket).encrypted === true;
    let address = plain(socket.remoteAddress ?? '');
    if (!isProxy(address)) return { address, encrypted: own || undefined, proxied: false };
    const hops = listed(headers['x-forwarded-for']);
    for (let hop = hops.pop(); hop !== undefined; hop = hops.pop()) {
      const said = withoutPort(hop);
      if (!isIP(said)) break;
      address = plain(said);
      if (!isProxy(address)) break;
    }
    const scheme = listed(headers['x-forwarded-proto']).pop();
    return {
      address,
      encrypted: scheme === undefined ? own || undefined : scheme === 'https',
      // No page can have a browser say so when it asks for a WebSocket.
      proxied: headers['x-forwarded-for'] !== undefined,
    };
  };
}

/**
 * Says whether an address is a trusted proxy's.
 * @param trusted addresses, and networks in CIDR notation
 * @throws {Error} with words, if an entry is neither
 */
export function proxyCheck(trusted: readonly string[] = []): (address: string) => boolean {
  const proxies = blockListOf(trusted);
  return (address) => {
    const one = plain(address);
    const family = isIP(one);
    return family !== 0 && proxies.check(one, family === 6 ? 'ipv6' : 'ipv4');
  };
}

/**
 * Gives an address as it counts for limits: of IPv6 the first 64 bits, as one person has all the
 * rest (RFC 6177, section 2). A text that is no address counts as itself.
 */
export function countedAs(address: string): string {
  const one = plain(address.split('%')[0]!);
  if (isIP(one) !== 6) return one;
  const [head = '', tail] = one.split('::');
  const left = head ? head.split(':') : [];
  const right = tail ? tail.split(':') : [];
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - left.length - right.length);
  const groups = [...left, ...Array<string>(zeros).fill('0'), ...right];
  return `${groups.slice(0, 4).join(':')}::`;
}

function blockListOf(trusted: readonly string[]): BlockList {
  const list = new BlockList();
  for (const entry of trusted) {
    const [address = '', bits] = entry.split('/');
    const family = isIP(address);
    const most = family === 6 ? 128 : 32;
    if (!family || (bits !== undefined && !(/^\d{1,3}$/.test(bits) && Number(bits) <= most))) {
      throw new Error(`A proxy is trusted by its address or network, 10.0.0.0/8 say: "${entry}"`);
    }
    list.addSubnet(address, Number(bits ?? most), family === 6 ? 'ipv6' : 'ipv4');
  }
  return list;
}

/** An address in one spelling; an IPv4 one as such, also where a socket speaks both. */
function plain(address: string): string {
  if (isIP(address) !== 6) return address;
  const one = new SocketAddress({ address, family: 'ipv6' }).address;
  return /^::ffff:(\d+\.\d+\.\d+\.\d+)$/.exec(one)?.[1] ?? one;
}

/** `192.0.2.1:4711`, `[2001:db8::1]:4711` and `[2001:db8::1]`: some proxies say the port, too. */
const withoutPort = (hop: string) =>
  /^\[(.+)\](?::\d+)?$/.exec(hop)?.[1] ?? /^([\d.]+):\d+$/.exec(hop)?.[1] ?? hop;

/** The values of a header that may be there several times. */
const listed = (header: string | string[] | undefined) =>
  header === undefined
    ? []
    : [header]
        .flat()
        .join(',')
        .split(',')
        .map((value) => value.trim());
