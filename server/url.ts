/** Where a browser on this machine finds what listens on a host: any address is local, too. */
export function urlOf(host: string, port: number): string {
  if (host === '0.0.0.0' || host === '::') return urlOf('localhost', port);
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}
