import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer as createHttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { createServer, type RunningServer, type ServerOptions } from '../../../server/index.js';
import { atEnd } from './at-end.js';

/** Starts the server, with the demo pages and the built kit, for as long as the test runs. */
export async function startSite(t: TestContext, options?: ServerOptions): Promise<RunningServer> {
  const server = await createServer({ port: 0, ...options });
  atEnd(t, () => server.close());
  return server;
}

/** Starts the server with pages of the test's own in the place of the demo's. */
export async function startSiteOf(
  t: TestContext,
  files: Record<string, string>,
  options?: ServerOptions,
): Promise<RunningServer> {
  const webRoot = await mkdtemp(join(tmpdir(), 'rtc-widgets-site-'));
  atEnd(t, () => rm(webRoot, { recursive: true }));
  for (const [name, text] of Object.entries(files)) await writeFile(join(webRoot, name), text);
  return startSite(t, { webRoot, ...options });
}

/**
 * Starts a site that is not the kit's: one page at every path, and no policy of its own.
 * @returns its origin
 */
export async function startOtherSite(t: TestContext, page: string): Promise<string> {
  // Another port is another origin.
  const other = createHttpServer((_, response) => {
    response.setHeader('Content-Type', 'text/html');
    response.end(page);
  }).listen(0, '127.0.0.1');
  atEnd(t, async () => {
    other.closeAllConnections();
    other.close();
  });
  await once(other, 'listening');
  return `http://127.0.0.1:${(other.address() as AddressInfo).port}`;
}

/**
 * A page with these tags and the kit.
 * @param site the kit's site, where the page is not of it
 */
export const kitPage = (body: string, site = '') => `<!doctype html>
<html lang="en">
  <title>Test</title>
  <script type="module" src="${site}/rtc-widgets.js"></script>
  <body>${body}</body>
</html>`;
