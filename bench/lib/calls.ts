import { setTimeout as delay } from 'node:timers/promises';
import type { Browser, Page } from 'puppeteer-core';
import { newPages, withBrowsers, type Ends } from './browsers.js';
import type { Contestant } from './contestants.js';
import { click, find } from './find.js';
import { beside, milliseconds } from './statistics.js';
import { takeTurns } from './turns.js';

const runs = 15;
const warmUps = 2;
/** Before each call, until devices and connections of the last one are gone; milliseconds. */
const pause = 600;

/** The calls of one contestant. */
export interface Series {
  contestant: Contestant;
  pages: Ends<Page>;
  /** Milliseconds from the click on Call to the first remote frame. */
  times: number[];
}

/** Makes calls in two browsers: the contestants take turns, and each round begins with another. */
export function timeCalls(contestants: Contestant[]): Promise<Series[]> {
  return withBrowsers((browsers) => timeAll(browsers, contestants));
}

async function timeAll(browsers: Ends<Browser>, contestants: Contestant[]): Promise<Series[]> {
  const series: Series[] = [];
  for (const contestant of contestants) {
    const pages = await newPages(browsers);
    await contestant.open(pages);
    series.push({ contestant, pages, times: [] });
  }
  await takeTurns(series, { rounds: runs, warmUps }, async (each, counts) => {
    const time = await timeCall(each);
    if (counts) each.times.push(time);
  });
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

/** Makes a row: a series beside its control. */
export function compare(one: Series, control: Series) {
  const named = ({ contestant: { name }, times }: Series) => ({ name, values: times });
  return beside(named(one), named(control), milliseconds);
}
