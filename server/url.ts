/** Where a browser on this machine finds what listens on a host: any address is local, too. */
export function urlOf(host: string, port: number, scheme = 'http'): string {
  if (host === '0.0.0.0' || host === '::') return urlOf('localhost', port, scheme);
  return `${scheme}://${host.includes(':') ? `[${host}]` : host}:${port}`;
}
