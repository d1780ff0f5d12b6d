import { isIPv4 } from 'node:net';

/** The settings in which relays differ. */
export interface CoturnOptions {
  realm: string;
  /** Shared with the signaling server. */
  secret: string;
  /** The machine's own IPv4 address to relay from. Default: coturn takes what there is. */
  relayIp?: string;
  /** As which clients see it, behind NAT. */
  externalIp?: string;
  tls?: { cert: string; key: string };
}

/**
 * Where nothing is relayed to: whatever is not the public IPv4 internet (IANA's registry of
 * special-purpose addresses). A relay that goes there is a door into the network it stands in.
 */
const forbidden: [first: string, last: string, what: string][] = [
  ['0.0.0.0', '0.255.255.255', 'this network (RFC 791)'],
  ['10.0.0.0', '10.255.255.255', 'private (RFC 1918)'],
  ['100.64.0.0', '100.127.255.255', 'of providers, behind their NAT (RFC 6598)'],
  ['127.0.0.0', '127.255.255.255', 'this machine (RFC 1122)'],
  ['169.254.0.0', '169.254.255.255', 'the link, and 169.254.169.254: metadata (RFC 3927)'],
  ['172.16.0.0', '172.31.255.255', 'private (RFC 1918)'],
  ['192.0.0.0', '192.0.0.255', 'protocol assignments (RFC 6890)'],
  ['192.0.2.0', '192.0.2.255', 'documentation (RFC 5737)'],
  ['192.88.99.0', '192.88.99.255', '6to4 relays (RFC 7526)'],
  ['192.168.0.0', '192.168.255.255', 'private (RFC 1918)'],
  ['198.18.0.0', '198.19.255.255', 'benchmarks (RFC 2544)'],
  ['198.51.100.0', '198.51.100.255', 'documentation (RFC 5737)'],
  ['203.0.113.0', '203.0.113.255', 'documentation (RFC 5737)'],
  ['224.0.0.0', '255.255.255.255', 'multicast, reserved, broadcast (RFC 5771, RFC 1112)'],
];

/**
 * All of IPv6. From `::` on, coturn counts every IPv4 address in, and 4.6.1 compares two
 * addresses byte by byte: from `::1` on only those whose last byte is not zero. So there is a range
 * for each byte that may be not zero; `::` itself coturn refuses anyway.
 */
const allOfIpv6 = Array.from({ length: 16 }, (_, byte) => {
  const groups = Array<string>(8).fill('0');
  groups[byte >> 1] = byte % 2 ? '1' : '100';
  return `denied-peer-ip=${groups.join(':')}-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff`;
});

/**
 * A configuration for coturn 4.5 and later. It relays UDP over IPv4 only: a client with only
 * IPv6 reaches the relay over IPv6, and its partner through the relay.
 * @throws {Error} in words, when a value cannot be written into it
 */
export function coturnConfig(options: CoturnOptions): string {
  const { realm, secret, relayIp, externalIp, tls } = options;
  for (const value of [realm, secret, tls?.cert, tls?.key]) {
    if (value !== undefined && !/^[^\s#"'\\]+$/.test(value)) {
      throw new Error('A value for coturn may hold no space, quotation mark, # or backslash');
    }
  }
  for (const address of [relayIp, externalIp]) {
    if (address !== undefined && !isIPv4(address)) {
      throw new Error(`The relay's address must be one of IPv4, not "${address}"`);
    }
  }
  const where = [
    ...(relayIp ? [`relay-ip=${relayIp}`] : []),
    ...(externalIp ? [`external-ip=${externalIp}${relayIp ? `/${relayIp}` : ''}`] : []),
  ];
  const encrypted = tls
    ? ['tls-listening-port=5349', `cert=${tls.cert}`, `pkey=${tls.key}`, 'no-tlsv1', 'no-tlsv1_1']
    : ['no-tls', 'no-dtls'];
  return `# coturn for rtc-widgets. Holds the shared secret: keep it from others (mode 0600).

# Credentials of the signaling server, which end by themselves
use-auth-secret
static-auth-secret=${secret}
realm=${realm}
stale-nonce=600

listening-port=3478
${[...encrypted, ...where].join('\n')}
min-port=49152
max-port=65535

# UDP to others only: with TCP, a relay is a way into any service
no-tcp-relay
no-multicast-peers
allocation-default-address-family=ipv4
${forbidden.map(([first, last, what]) => `# ${what}\ndenied-peer-ip=${first}-${last}`).join('\n')}
# all of IPv6: its own inner addresses, and the IPv4 ones in it, ::ffff:0:0/96 (which coturn
# 4.6.1 compares with none of the above, CVE-2026-27624), 64:ff9b::/96 and 2002::/16
${allOfIpv6.join('\n')}

# Connections of one person, and of all; bytes a second of one connection, and of all
user-quota=12
total-quota=1200
max-bps=500000
bps-capacity=125000000
max-allocate-lifetime=3600

# Nobody administrates it from afar, and it says nothing of itself
no-cli
no-software-attribute
no-rfc5780
no-stun-backward-compatibility
response-origin-only-with-rfc5780
fingerprint

log-file=stdout
`;
}
