import { after } from 'node:test';
import puppeteer, { type Browser } from 'puppeteer-core';
import { chromeFlags, findChrome } from '../../../scripts/lib/browsers.mjs';

/**
 * One process with an empty profile for each person, for as long as the tests of a file run:
 * starting them costs most. What a page keeps, it keeps for its origin, which each test has anew.
 */
const processes = new Map<string, Promise<Browser>>();

after(async () => {
  for (const started of processes.values()) await (await started).close();
});

/** A person's own Chromium. */
export function chromiumOf(person: string): Promise<Browser> {
  const started = processes.get(person) ?? launch();
  processes.set(person, started);
  return started;
}

async function launch(): Promise<Browser> {
  const executablePath = findChrome();
  if (!executablePath) throw new Error('No Chrome, Chromium or Edge: set CHROME_PATH');
  return puppeteer.launch({ executablePath, args: chromeFlags });
}
