import puppeteer, { type Browser, type Page } from 'puppeteer-core';
import { chromeFlags, ensureChrome } from '../../scripts/lib/browsers.mjs';
import { bundlePage } from './bundle.js';

/** The two ends of a call, each a browser process with a profile of its own. */
export interface Ends<T> {
  caller: T;
  callee: T;
}

/** Starts two browsers, and closes them whatever happens. */
export async function withBrowsers<T>(use: (browsers: Ends<Browser>) => Promise<T>): Promise<T> {
  const launch = () => puppeteer.launch({ executablePath: ensureChrome(), args: chromeFlags });
  const caller = await launch();
  const callee = await launch();
  try {
    return await use({ caller, callee });
  } finally {
    await Promise.all([caller.close(), callee.close()]);
  }
}

/** An empty tab at each end, with the stopwatch for the pages that it will show. */
export async function newPages({ caller, callee }: Ends<Browser>): Promise<Ends<Page>> {
  const stopwatch = await bundlePage('stopwatch');
  const open = async (browser: Browser) => {
    const page = await browser.newPage();
    await page.evaluateOnNewDocument(stopwatch);
    page.on('pageerror', (error) => console.error(error));
    return page;
  };
  return { caller: await open(caller), callee: await open(callee) };
}
