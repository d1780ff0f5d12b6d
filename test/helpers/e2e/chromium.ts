import { after } from 'node:test';
import puppeteer, { type Browser } from 'puppeteer-core';
import { chromeFlags, findChrome } from '../../../scripts/lib/browsers.mjs';

/**
 * A process with an empty profile per person, for as long as the tests of a file run: starting them
 * costs most. A page stores things by origin, and each test has a new origin.
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
