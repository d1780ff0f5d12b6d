// From a click on Call to the first frame of the other side in the caller's page: two Chromium
// processes on one machine, the callee accepts by itself, getUserMedia at both ends inside the
// measured time. The pages take turns, 15 calls each, and show pictures of the same size. The bare
// page has an RTCPeerConnection a side and a relay that passes every message on. Median and quartiles.
import { setTimeout as delay } from 'node:timers/promises';
import type { Page } from 'puppeteer-core';
import { newPages, withBrowsers, type Ends } from './lib/browsers.js';
import { bare, kit, peerjs, type Contestant } from './lib/contestants.js';
import { click, find } from './lib/find.js';
import { peerjsName } from './lib/peerjs.js';
import { report } from './lib/report.js';
import { median, quantile } from './lib/statistics.js';

const limit = 1.1;
const runs = 15;
const warmUps = 2;
/** Before each call, until devices and connections of the last one are gone; milliseconds. */
const pause = 600;

interface Series {
  contestant: Contestant;
  pages: Ends<Page>;
  times: number[];
}

const contestants = [
  await kit(),
  await bare('bare page'),
  await peerjs(),
  await bare('bare page again'),
];
const [ours, control, theirs, again] = await withBrowsers(measure);

report([
  {
    claim: 'Click on Call to the first remote frame',
    ...compare(ours!),
    limit: `${limit} × bare`,
    passed: median(ours!.times) <= limit * median(control!.times),
  },
  { claim: `The same over ${peerjsName} and its server`, ...compare(theirs!) },
  { claim: 'The bare page against itself', ...compare(again!) },
]);
// PeerJS' server and the relays have timers and sockets that would keep this process alive.
process.exit();

/** Lets the contestants take turns; a round begins with another one each time. */
async function measure(browsers: Parameters<typeof newPages>[0]): Promise<Series[]> {
  const series: Series[] = [];
  for (const contestant of contestants) {
    const pages = await newPages(browsers);
    await contestant.open(pages);
    series.push({ contestant, pages, times: [] });
  }
  for (let round = -warmUps; round < runs; round++) {
    const first = (round + warmUps) % series.length;
    for (const each of [...series.slice(first), ...series.slice(0, first)]) {
      const time = await timeCall(each);
      if (round >= 0) each.times.push(time);
    }
  }
  return series;
}

/** Makes a call, ends it, and says how many milliseconds it took until the caller saw a frame. */
async function timeCall({ contestant, pages: { caller, callee } }: Series): Promise<number> {
  const { callButton, hangUpButton, remoteVideo } = contestant;
  await Promise.all([caller.bringToFront(), callee.bringToFront()]);
  await find(callee, callButton);
  await find(caller, callButton);
  await delay(pause);

  await caller.evaluate((video) => window.stopwatch.start(video), remoteVideo);
  await click(caller, callButton);
  const time = await caller.evaluate(() => window.stopwatch.time);
  await callee.evaluate((video) => window.stopwatch.frame(video), remoteVideo);
  await click(caller, hangUpButton);
  return time;
}

function compare({ contestant, times }: Series) {
  return {
    figure: `${contestant.name} ${milliseconds(times)}`,
    control: `${control!.contestant.name} ${milliseconds(control!.times)}`,
    ratio: median(times) / median(control!.times),
  };
}

/** Median and quartiles. */
function milliseconds(times: number[]): string {
  const [low, middle, high] = [0.25, 0.5, 0.75].map((part) => quantile(times, part).toFixed(0));
  return `${middle} ms (${low} to ${high})`;
}
