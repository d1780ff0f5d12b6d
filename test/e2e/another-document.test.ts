import assert from 'node:assert/strict';
import { test } from 'node:test';
import { atEnd } from '../helpers/e2e/at-end.js';
import { chromiumOf } from '../helpers/e2e/chromium.js';
import { startSite } from '../helpers/e2e/site.js';

test('tags keep their styles in a frame and in a popup of a strict page, and on the way back', async (t) => {
  const site = await startSite(t);
  const page = await (await chromiumOf('all')).newPage();
  atEnd(t, () => page.close());
  await page.goto(`${site.url}/csp.html`);
  const looks = await page.evaluate(async () => {
    await customElements.whenDefined('rtc-login');
    const main = document.querySelector('main')!;
    const frame = document.createElement('iframe');
    main.append(frame);
    const popup = window.open('about:blank')!;
    const [inFrame, inPopup] = [frame.contentDocument!.body, popup.document.body];
    const provider = document.querySelector('rtc-provider')!;
    const found: string[] = [];
    for (const [place, tag] of [
      [main, provider],
      [inFrame, provider],
      [inPopup, provider],
      [main, provider],
      [inFrame, document.createElement('rtc-provider')],
    ] as const) {
      if (!tag.firstElementChild) tag.append(document.createElement('rtc-login'));
      place.append(tag);
      const login = tag.querySelector('rtc-login')!;
      await login.updateComplete;
      const button = getComputedStyle(login.shadowRoot!.querySelector('button')!);
      const { backgroundColor, display, minHeight } = button;
      found.push([getComputedStyle(tag).display, backgroundColor, display, minHeight].join(' '));
    }
    popup.close();
    return found;
  });
  assert.match(looks[0]!, /^contents rgb\(\d+, \d+, \d+\) (inline-)?flex 44px$/);
  assert.deepEqual(
    looks,
    looks.map(() => looks[0]),
  );
});
