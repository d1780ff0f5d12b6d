import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { bundlePage } from './bundle.js';

/** A small self view over a large remote view, in the sizes that the kit gives them. */
const page = `<!doctype html>
<meta charset="utf-8">
<style>
  video { object-fit: cover }
  #remote { aspect-ratio: 16 / 10; max-height: 80vh; width: 100% }
  #local { aspect-ratio: 4 / 3; position: absolute; right: 1rem; top: 1rem; width: 13rem }
</style>
<video id="remote" autoplay playsinline></video>
<video id="local" autoplay playsinline muted></video>
<button id="call" disabled>Call</button>
<button id="hang-up">Hang up</button>
<script src="page.js"></script>`;

/** Serves a page of `bench/pages/` that has one video call and nothing else. */
export async function servePage(
  name: string,
  port = 0,
  host = 'localhost',
): Promise<{ server: Server; url: string }> {
  const script = await bundlePage(name);
  const server = createServer(({ url }, response) => {
    const asked = url === '/page.js';
    response.setHeader('Content-Type', asked ? 'text/javascript' : 'text/html');
    response.end(asked ? script : page);
  });
  server.listen(port, host);
  await once(server, 'listening');
  return { server, url: `http://localhost:${(server.address() as AddressInfo).port}` };
}
