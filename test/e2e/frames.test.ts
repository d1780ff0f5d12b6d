import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import { atEnd } from '../helpers/e2e/at-end.js';
import { chromiumOf } from '../helpers/e2e/chromium.js';
import { startSite } from '../helpers/e2e/site.js';

test('a page of another site frames the demo only where it is listed', async (t) => {
  // Another port is another origin.
  const other = createServer((_, response) => {
    response.setHeader('Content-Type', 'text/html');
    response.end('<!doctype html><title>Other</title>');
  }).listen(0, '127.0.0.1');
  atEnd(t, async () => {
    other.closeAllConnections();
    other.close();
  });
  await once(other, 'listening');
  const origin = `http://127.0.0.1:${(other.address() as AddressInfo).port}`;
  const [closed, open] = [await startSite(t), await startSite(t, { frameAncestors: [origin] })];

  const page = await (await chromiumOf('all')).newPage();
  atEnd(t, () => page.close());
  const framedAt = async (at: string, framed: string) => {
    await page.goto(at);
    // A frame that is blocked loads, too: a page of the browser's own.
    await page.evaluate(async (src) => {
      const frame = document.createElement('iframe');
      const loaded = new Promise((resolve) => (frame.onload = resolve));
      frame.src = src;
      document.body.append(frame);
      await loaded;
    }, `${framed}/text.html`);
    const frame = page.frames().find((each) => each !== page.mainFrame());
    return frame!.evaluate(() => !!document.querySelector('rtc-provider'));
  };
  assert.equal(await framedAt(origin, closed.url), false);
  assert.equal(await framedAt(origin, open.url), true);
  assert.equal(await framedAt(closed.url, closed.url), true);
});
