import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test, type TestContext } from 'node:test';
import { atEnd } from '../helpers/e2e/at-end.js';
import { bothAt, connect, inCall, join } from '../helpers/e2e/call.js';
import { chromiumOf } from '../helpers/e2e/chromium.js';
import { watches } from '../helpers/e2e/media.js';
import { Person } from '../helpers/e2e/person.js';
import { kitPage, startSite, startSiteOf } from '../helpers/e2e/site.js';

const tags = '<rtc-login></rtc-login><rtc-video-call></rtc-video-call>';
const provider = (id: string) => `<rtc-provider id="${id}">${tags}</rtc-provider>`;

test('two people in one page are who they were after it is loaded again', async (t) => {
  const site = await startSiteOf(t, { 'two.html': kitPage(provider('one') + provider('two')) });
  const page = await Person.at(t, await chromiumOf('all'), `${site.url}/two.html`, 'alice');
  const [alice, bob] = [page.within('#one'), page.within('#two')];
  await alice.signIn('Ann');
  await bob.signIn('Ben');
  await page.page.reload();
  await Promise.all([alice.sees('Signed in as Ann'), bob.sees('Signed in as Ben')]);
});

test('two frames of one page are who they were after it is loaded again', async (t) => {
  const site = await startSiteOf(t, {
    'frames.html':
      '<!doctype html><iframe src="one.html"></iframe><iframe src="one.html"></iframe>',
    'one.html': kitPage(provider('one')),
  });
  const browser = await chromiumOf('all');
  const page = await browser.newPage();
  t.after(() => page.close());
  await page.goto(`${site.url}/frames.html`);
  const signedIn = async () => {
    const names = [];
    for (const frame of page.frames().filter((each) => each.url().endsWith('one.html'))) {
      const shown = await frame.waitForFunction(
        () =>
          /Signed in as (Ann|Ben)/.exec(
            document.querySelector('rtc-login')!.shadowRoot!.textContent,
          )?.[1],
      );
      names.push(await shown.jsonValue());
    }
    return names;
  };
  const [first, second] = page.frames().filter((each) => each.url().endsWith('one.html'));
  for (const [frame, name] of [
    [first!, 'Ann'],
    [second!, 'Ben'],
  ] as const) {
    await frame.waitForFunction(() => !!document.querySelector('rtc-provider')!.session);
    await frame.evaluate((as) => document.querySelector('rtc-provider')!.login(as), name);
  }
  assert.deepEqual(await signedIn(), ['Ann', 'Ben']);
  await page.reload();
  assert.deepEqual(await signedIn(), ['Ann', 'Ben']);
});

test('a person who goes to another page of the site and back stays signed in', async (t) => {
  const site = await startSiteOf(t, {
    'first.html': kitPage(`${provider('one')}<a href="second.html">Second</a>`),
    'second.html': kitPage(provider('one')),
  });
  const alice = await join(t, site, 'first.html', 'alice');
  const { page } = alice;
  await page.evaluate(() => {
    addEventListener('pageshow', ({ persisted }) => Object.assign(globalThis, { persisted }));
  });
  await Promise.all([page.waitForNavigation(), page.click('a')]);
  await alice.sees('Signed in as alice');
  await page.goBack();
  await alice.sees('Signed in as alice');
  // Only of use as long as the browser does keep the page.
  assert.equal(await page.evaluate(() => 'persisted' in globalThis), true);
  assert.equal(
    await page.evaluate(() => inPage.heard.some(({ type }) => type === 'rtc-error')),
    false,
  );
  // And is in reach there.
  const bob = await join(t, site, 'second.html', 'bob');
  await connect(bob, alice);
});

test('a page that is loaded again in a call while the server is away goes on when it is back', async (t) => {
  const kit = await startSite(t);
  const before = await startSite(t);
  await before.close();
  const site = await startPage(
    t,
    `<!doctype html><title>Test</title><script type="module" src="${kit.url}/rtc-widgets.js"></script>
    <rtc-provider server="${before.url.replace('http', 'ws')}">${tags}</rtc-provider>`,
  );
  const options = { port: before.port, origins: [site.url] };
  const signaling = await startSite(t, options);
  const { alice, bob } = await bothAt(t, site, '');
  await connect(alice, bob);
  await signaling.close();
  await bob.sees('Reconnecting…');
  // Twice: a session that is kept goes on being kept.
  for (let count = 0; count < 2; count++) {
    await alice.page.reload();
    await alice.sees('Reconnecting…');
  }
  await startSite(t, options);
  await bob.sees('Signed in as bob');
  await alice.sees('You were in a call with bob');
  await alice.click('Rejoin');
  await Promise.all([inCall(alice, 'bob'), inCall(bob, 'alice')]);
  await watches(bob, 'alice');
});

/** Serves one page with no policy of its own, which may connect anywhere. */
async function startPage(t: TestContext, text: string): Promise<{ url: string }> {
  const server = createServer((_, response) => {
    response.setHeader('Content-Type', 'text/html; charset=utf-8').end(text);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  atEnd(t, () => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://localhost:${(server.address() as AddressInfo).port}` };
}
