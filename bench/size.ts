// All script that a page with provider, login, video, voice and text fetches until its first video
// call is connected, Lit and the client included: what either end asks for up to `rtc-call-start`,
// compressed by `gzip -9`. Beside it, what it has asked for by the first remote frame, which is a
// little later: what only a connected call needs. 1 KB is 1,000 bytes.
import type { HTTPRequest, Page } from 'puppeteer-core';
import { execFileSync } from 'node:child_process';
import { newPages, withBrowsers } from './lib/browsers.js';
import { bundleCode } from './lib/bundle.js';
import { click, type } from './lib/find.js';
import { callButton, remoteVideo, serveKit, signIn } from './lib/kit.js';
import { peerjsName } from './lib/peerjs.js';
import { report } from './lib/report.js';

const limit = 36_000;

/** What a page needs of PeerJS: one minified ESM, nothing in it that the Peer class does not use. */
const peerjsEntry = "export { Peer } from 'peerjs';";

const server = await serveKit();
try {
  // What either end fetches, counted once.
  const files = new Map((await fetchedScripts()).flat().map((file) => [file.path, file]));
  for (const { path, bytes, early } of files.values()) {
    console.log(`${String(bytes).padStart(7)}  ${path}${early ? '' : ' (once connected)'}`);
  }
  const sum = (all: Script[]) => all.reduce((total, { bytes }) => total + bytes, 0);
  const total = sum([...files.values()].filter(({ early }) => early));
  const later = sum([...files.values()]);
  const peerjs = gzipped(await bundleCode(peerjsEntry));
  report([
    {
      claim: 'Script fetched until the first video call is connected, gzip -9',
      figure: kilobytes(total),
      control: `${peerjsName} (\`${peerjsEntry}\` by esbuild, minified ESM) ${kilobytes(peerjs)}`,
      ratio: total / peerjs,
      limit: kilobytes(limit),
      passed: total > 0 && total <= limit,
    },
    {
      claim: 'The same up to the first remote frame, with what only a connected call needs',
      figure: kilobytes(later),
      control: `${peerjsName} ${kilobytes(peerjs)}`,
      ratio: later / peerjs,
    },
  ]);
} finally {
  await server.close();
}

/** A script, its compressed size, and whether it was asked for before the call was connected. */
interface Script {
  path: string;
  bytes: number;
  early: boolean;
}

/** The scripts that each end asks for until it sees the other. */
function fetchedScripts(): Promise<Script[][]> {
  return withBrowsers(async (browsers) => {
    const { caller, callee } = await newPages(browsers);
    const ends = [await watch(caller), await watch(callee)];
    await signIn(caller, `${server.url}/every-tag.html`, 'caller');
    await signIn(callee, `${server.url}/every-tag.html`, 'callee');

    await type(caller, 'rtc-video-call >>> rtc-dial >>> input', 'callee');
    await click(caller, callButton);
    await click(callee, 'rtc-video-call >>> rtc-incoming-call >>> [part=accept]');
    return Promise.all(ends.map((connected) => connected()));
  });
}

/** Follows a page's requests until it shows a remote frame. */
async function watch(page: Page): Promise<() => Promise<Script[]>> {
  const scripts: HTTPRequest[] = [];
  const onRequest = (request: HTTPRequest) => {
    if (request.resourceType() === 'script') scripts.push(request);
  };
  page.on('request', onRequest);
  await page.evaluateOnNewDocument(() => {
    addEventListener('rtc-call-start', () => performance.mark('connected'));
  });
  return async () => {
    await page.evaluate((video) => window.stopwatch.frame(video), remoteVideo);
    page.off('request', onRequest);
    // One asked for by now counts even if it arrives only now.
    await page.waitForNetworkIdle({ idleTime: 100 });
    const late = await page.evaluate(() => {
      const [{ startTime }] = performance.getEntriesByName('connected') as [PerformanceEntry];
      const resources = performance.getEntriesByType('resource');
      return resources.filter((each) => each.startTime > startTime).map(({ name }) => name);
    });
    return Promise.all(
      scripts.map(async (request) => {
        const { pathname: path } = new URL(request.url());
        const bytes = gzipped(await request.response()!.buffer());
        return { path, bytes, early: !late.includes(request.url()) };
      }),
    );
  };
}

/** The program itself: the zlib in Node is another implementation, half a percent off. */
function gzipped(body: string | Uint8Array): number {
  return execFileSync('gzip', ['-9'], { input: body }).length;
}

function kilobytes(bytes: number): string {
  return `${(bytes / 1000).toFixed(2)} KB`;
}
