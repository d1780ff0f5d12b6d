import puppeteer, { type Browser, type LaunchOptions } from 'puppeteer-core';
import { findFirefox } from '../../../scripts/lib/browsers.mjs';
import { atEnd, type Scope } from './at-end.js';

export const firefoxPath = findFirefox();

/** Starts a Firefox of its own, with an empty profile, for as long as the test runs. */
export async function startFirefox(
  t: Scope,
  { extraPrefsFirefox, ...options }: LaunchOptions = {},
): Promise<Browser> {
  const browser = await puppeteer.launch({
    browser: 'firefox',
    executablePath: firefoxPath,
    ...options,
    extraPrefsFirefox: {
      ...extraPrefsFirefox,
      'media.navigator.streams.fake': true,
      'media.navigator.permission.disabled': true,
      'media.autoplay.default': 0,
    },
  });
  atEnd(t, () => browser.close());
  return browser;
}
