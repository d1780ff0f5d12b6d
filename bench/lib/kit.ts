import type { Page } from 'puppeteer-core';
import { fileURLToPath } from 'node:url';
import { buildIfStale } from '../../scripts/lib/build.mjs';
import { createServer, type RunningServer } from '../../server/index.js';
import { click, find, type } from './find.js';

export const callButton = 'rtc-video-call >>> rtc-dial >>> button:enabled';
export const hangUpButton = 'rtc-video-call >>> rtc-call-controls >>> [part=hang-up]';
export const remoteVideo = 'rtc-video-call >>> rtc-stream[part=remote] >>> video';

/** The real server with the built kit and the pages in `bench/pages/`. */
export async function serveKit(): Promise<RunningServer> {
  if (!(await buildIfStale())) throw new Error('There is no kit to measure');
  return createServer({ port: 0, webRoot: fileURLToPath(new URL('../pages', import.meta.url)) });
}

/** Opens a page and signs in. */
export async function signIn(page: Page, url: string, name: string): Promise<void> {
  await page.goto(url);
  await type(page, 'rtc-login >>> input', name);
  await click(page, 'rtc-login >>> button:enabled');
  await find(page, callButton);
}
