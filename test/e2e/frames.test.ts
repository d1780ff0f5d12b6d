import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Frame, Page } from 'puppeteer-core';
import { atEnd } from '../helpers/e2e/at-end.js';
import { chromiumOf } from '../helpers/e2e/chromium.js';
import { join } from '../helpers/e2e/call.js';
import { startOtherSite, startSite } from '../helpers/e2e/site.js';

test('a page of another site frames the demo only where it is listed', async (t) => {
  const origin = await startOtherSite(t, '<!doctype html><title>Other</title>');
  const [closed, open] = [await startSite(t), await startSite(t, { frameAncestors: [origin] })];

  const page = await (await chromiumOf('all')).newPage();
  atEnd(t, () => page.close());
  const framedAt = async (at: string, framedSite: string) => {
    await page.goto(at);
    const frame = await framed(page, `${framedSite}/text.html`);
    return frame.evaluate(() => !!document.querySelector('rtc-provider'));
  };
  assert.equal(await framedAt(origin, closed.url), false);
  assert.equal(await framedAt(origin, open.url), true);
  assert.equal(await framedAt(closed.url, closed.url), true);
});

const forbidden = 'Its author has to write allow="camera; microphone" on the iframe';

for (const [allow, words] of [
  ['', forbidden],
  ['camera; microphone', 'Connected with bob'],
] as const) {
  test(`a call in a frame that says allow="${allow}" says: ${words}`, async (t) => {
    const origin = await startOtherSite(t, '<!doctype html><title>Other</title>');
    const site = await startSite(t, { frameAncestors: [origin] });
    const bob = await join(t, site, 'video.html', 'bob');
    const page = await (await chromiumOf('all')).newPage();
    atEnd(t, () => page.close());
    await page.goto(origin);
    const frame = await framed(page, `${site.url}/video.html`, allow);
    await frame.evaluate(async () => {
      await customElements.whenDefined('rtc-provider');
      const provider = document.querySelector('rtc-provider')!;
      await provider.login('alice');
      provider.call('bob', 'video');
    });
    await bob.click('Accept');
    await frame.waitForFunction(
      (text) =>
        document
          .querySelector('rtc-video-call')
          ?.shadowRoot?.querySelector('rtc-call-status')
          ?.shadowRoot?.textContent.includes(text),
      {},
      words,
    );
    await bob.sees('Connected with alice');
  });
}

/** Puts a frame into a page. */
async function framed(page: Page, src: string, allow = ''): Promise<Frame> {
  // A frame that is blocked loads, too: a page of the browser's own.
  await page.evaluate(
    async (src, allow) => {
      const frame = document.createElement('iframe');
      const loaded = new Promise((resolve) => (frame.onload = resolve));
      frame.src = src;
      frame.allow = allow;
      document.body.append(frame);
      await loaded;
    },
    src,
    allow,
  );
  return page.frames().find((each) => each !== page.mainFrame())!;
}
