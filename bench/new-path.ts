// In network namespaces: the caller's address goes away, and another comes 3 s later. From then on
// until both see a new frame of the other: the kit against a bare page that restarts ICE once its
// connection has failed, each over a server on another host. They take turns, 5 calls each. Median and
// quartiles. (After a blackout that leaves the address alone, Chromium heals by itself.)
import { setTimeout as delay } from 'node:timers/promises';
import type { Page } from 'puppeteer-core';
import type { Scope } from '../test/helpers/e2e/at-end.js';
import { canMakeNetworks, Network } from '../test/helpers/e2e/network.js';
import { newPages } from './lib/browsers.js';
import { openBoth, plainPage } from './lib/contestants.js';
import { click, find } from './lib/find.js';
import { callButton, remoteVideo, signIn } from './lib/kit.js';
import { report } from './lib/report.js';
import { median, milliseconds } from './lib/statistics.js';

const limit = 0.5;
const rounds = 5;
/** Between the two addresses; milliseconds. */
const gap = 3000;

if (!canMakeNetworks) {
  console.log('NOT MEASURED: only root may make network namespaces, with iptables');
} else {
  const times = { kit: [] as number[], bare: [] as number[] };
  for (let round = 0; round < rounds; round++) {
    for (const name of round % 2 ? (['kit', 'bare'] as const) : (['bare', 'kit'] as const)) {
      const time = await scoped((scope) => timeChange(scope, name));
      console.log(`${name} ${time.toFixed(0)} ms`);
      times[name].push(time);
    }
  }
  const ratio = median(times.kit) / median(times.bare);
  report([
    {
      claim: 'Another address, up to new frames at both ends',
      figure: `rtc-widgets ${milliseconds(times.kit)}`,
      control: `bare page that restarts on \`failed\` ${milliseconds(times.bare)}`,
      ratio,
      limit: `${limit} × bare`,
      passed: ratio <= limit,
    },
  ]);
}

/** Makes a call with hosts, browsers and a server of its own. */
async function timeChange(scope: Scope, name: 'kit' | 'bare'): Promise<number> {
  const network = await Network.make(scope);
  const link = network.addHost('caller');
  network.addHost('callee');
  const browsers = {
    caller: await network.startChromium('caller'),
    callee: await network.startChromium('callee'),
  };
  const pages = await newPages(browsers);
  const { caller, callee } = pages;
  const port = new URL(network.url).port;
  const isKit = name === 'kit';
  if (isKit) {
    await network.startServer();
    await signIn(callee, `${network.url}/video.html`, 'callee');
    await signIn(caller, `${network.url}/video.html`, 'caller');
    await callee.$eval('rtc-video-call', (tag) => tag.setAttribute('auto-accept', '*'));
    await caller.$eval('rtc-video-call', (tag) => tag.setAttribute('peer', 'callee'));
  } else {
    await network.start(
      'public',
      process.execPath,
      '--conditions=rtc-widgets-source',
      '--import=tsx',
      'bench/lib/bare-server.ts',
      port,
    );
    await openBoth(pages, `${network.url}/?port=${port}`);
  }
  const video = isKit ? remoteVideo : plainPage.remoteVideo;
  await find(caller, isKit ? callButton : plainPage.callButton);
  await click(caller, isKit ? callButton : plainPage.callButton);
  await bothSee(caller, callee, video);
  // Long enough that its estimates of the path have settled.
  await delay(2000);

  network.on('caller', 'ip', 'addr', 'flush', 'dev', link.there);
  await delay(gap);
  network.up('caller', link, 3);
  const start = performance.now();
  await bothSee(caller, callee, video);
  return performance.now() - start;
}

async function bothSee(one: Page, other: Page, video: string): Promise<void> {
  const pages = [one, other];
  await Promise.all(
    pages.map((page) => page.evaluate((path) => window.stopwatch.frame(path), video)),
  );
}

/** Does something, and what was left to its end, whatever became of it. */
async function scoped<T>(work: (scope: Scope) => Promise<T>): Promise<T> {
  const tasks: (() => unknown)[] = [];
  try {
    return await work({ after: (task) => void tasks.push(task as () => unknown) });
  } finally {
    for (const task of tasks) await task();
  }
}
