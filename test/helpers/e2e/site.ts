import { mkdtemp, rm, writeFile } from 'node:fs/promises';
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

/** A page with these tags and the kit. */
export const kitPage = (body: string) => `<!doctype html>
<html lang="en">
  <title>Test</title>
  <script type="module" src="/rtc-widgets.js"></script>
  <body>${body}</body>
</html>`;
