// All script that a page with provider, login, video, voice and text fetches, Lit and the client
// included, compressed by `gzip -9`: idle is what it has asked for when nobody has signed in, idle and
// call what either end has asked for up to `rtc-call-start`. Every deferred part is listed with what it
// brings besides these, however many of its files others need too. 1 KB is 1,000 bytes.
import type { HTTPRequest, Page } from 'puppeteer-core';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../scripts/lib/root.mjs';
import { newPages, withBrowsers } from './lib/browsers.js';
import { bundleCode } from './lib/bundle.js';
import { deferredParts } from './lib/deferred-parts.js';
import { click, type } from './lib/find.js';
import { callButton, remoteVideo, serveKit, signIn } from './lib/kit.js';
import { peerjsName } from './lib/peerjs.js';
import { report, type Figure } from './lib/report.js';

/** Limits on what a page fetches before sign-in, and before the first call connects. */
const idleLimit = 20_000;
const callLimit = 36_000;

/** The part of PeerJS that a page needs: the Peer class and its imports, tree-shaken. */
const peerjsEntry = "export { Peer } from 'peerjs';";

const server = await serveKit();
try {
  // A file that both ends fetch counts once.
  const fetched = new Map((await fetchedScripts()).flat().map((file) => [file.path, file]));
  const files = [...fetched.values()];
  for (const { path, bytes, when } of files) {
    console.log(`${String(bytes).padStart(7)}  ${path} (${when})`);
  }
  const idle = sum(files.filter(({ when }) => when === 'idle'));
  const call = sum(files.filter(({ when }) => when !== 'later'));
  const peerjs = gzipped(await bundleCode(peerjsEntry));
  const peerjsEsm = `${peerjsName} (\`${peerjsEntry}\` by esbuild, minified ESM)`;
  const figures: Figure[] = [
    {
      claim: 'Idle: script fetched until somebody signs in, gzip -9',
      ...against(idle, peerjs, peerjsEsm),
      limit: kilobytes(idleLimit),
      passed: idle > 0 && idle <= idleLimit,
    },
    {
      claim: 'Idle and call: script fetched until the first video call is connected, gzip -9',
      ...against(call, peerjs, peerjsName),
      limit: kilobytes(callLimit),
      passed: call > idle && call <= callLimit,
    },
  ];
  const there = files.filter(({ when }) => when !== 'later').map(({ path }) => path.slice(1));
  for (const { name, paths } of await deferredParts(there)) {
    const bytes = paths
      .map((path) => gzipped(readFileSync(join(root, 'dist', path))))
      .reduce((total, one) => total + one, 0);
    figures.push({ claim: `Deferred: ${name}`, ...against(bytes, peerjs, peerjsName) });
  }
  report(figures);
} finally {
  await server.close();
}

/** A script, its compressed size, and when it was asked for. */
interface Script {
  path: string;
  bytes: number;
  when: 'idle' | 'call' | 'later';
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
    // The first click is on Sign in, and is heard here before the kit hears of it.
    addEventListener('click', () => performance.mark('sign-in'), { capture: true, once: true });
    addEventListener('rtc-call-start', () => performance.mark('connected'));
  });
  return async () => {
    await page.evaluate((video) => window.stopwatch.frame(video), remoteVideo);
    page.off('request', onRequest);
    // A script asked for by now counts even if it arrives only now.
    await page.waitForNetworkIdle({ idleTime: 100 });
    const entries = await page.evaluate(() =>
      performance.getEntries().map(({ entryType, name, startTime }) => ({
        entryType,
        name,
        startTime,
      })),
    );
    const whenOf = (url: string): Script['when'] => {
      const asked = startOf(entries, 'resource', url);
      if (asked <= startOf(entries, 'mark', 'sign-in')) return 'idle';
      return asked <= startOf(entries, 'mark', 'connected') ? 'call' : 'later';
    };
    return Promise.all(
      scripts.map(async (request) => {
        const url = request.url();
        const bytes = gzipped(await request.response()!.buffer());
        return { path: new URL(url).pathname, bytes, when: whenOf(url) };
      }),
    );
  };
}

interface Entry {
  readonly entryType: string;
  readonly name: string;
  readonly startTime: number;
}

/** When something was asked for or marked in a page, in milliseconds since it was opened. */
function startOf(entries: readonly Entry[], type: string, name: string): number {
  const found = entries.find((each) => each.entryType === type && each.name === name);
  if (!found) throw new Error(`The page knows nothing of ${name}`);
  return found.startTime;
}

function sum(scripts: readonly Script[]): number {
  return scripts.reduce((total, { bytes }) => total + bytes, 0);
}

function against(bytes: number, control: number, name: string) {
  return {
    figure: kilobytes(bytes),
    control: `${name} ${kilobytes(control)}`,
    ratio: bytes / control,
  };
}

/** The program itself: the zlib in Node is another implementation, half a percent off. */
function gzipped(body: string | Uint8Array): number {
  return execFileSync('gzip', ['-9'], { input: body }).length;
}

function kilobytes(bytes: number): string {
  return `${(bytes / 1000).toFixed(2)} KB`;
}
