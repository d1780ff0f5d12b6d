import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import type { HTTPRequest, Page } from 'puppeteer-core';
import { arrive, connect, inCall, join, ring } from '../helpers/e2e/call.js';
import { seeAndHearEachOther } from '../helpers/e2e/media.js';
import { firefoxPath, startFirefox } from '../helpers/e2e/firefox.js';
import { Person } from '../helpers/e2e/person.js';
import { kitPage, startSiteOf } from '../helpers/e2e/site.js';

const page = kitPage(`
  <rtc-provider>
    <rtc-login></rtc-login>
    <rtc-video-call></rtc-video-call>
  </rtc-provider>
  <button>Ring Bob</button>
  <script type="module" src="page.js"></script>`);

const script = `document.querySelector('button').onclick = () =>
  document.querySelector('rtc-provider').call('bob');`;

const start = (t: TestContext) => startSiteOf(t, { 'page.html': page, 'page.js': script });

test('rings once the call part is there when the call came before it', async (t) => {
  const site = await start(t);
  const alice = await join(t, site, 'page.html', 'alice');
  const bob = await arrive(t, site, 'page.html', 'bob');
  const part = await callPartOf(bob.page);
  await bob.signIn();
  await bob.sees('Getting ready for calls…');
  await alice.call('bob');
  await alice.sees('Ringing bob…');
  await part.letThrough();
  await bob.sees('alice is calling: video call');
  await bob.click('Accept');
  await Promise.all([inCall(alice, 'bob'), inCall(bob, 'alice')]);
  await seeAndHearEachOther(alice, bob);
});

test('calls once the call part is there when Call was pressed before it', async (t) => {
  const site = await start(t);
  const bob = await join(t, site, 'page.html', 'bob');
  const alice = await arrive(t, site, 'page.html', 'alice');
  const part = await callPartOf(alice.page);
  await alice.signIn();
  await alice.click('Ring Bob');
  await alice.click('Ring Bob');
  await part.letThrough();
  await bob.sees('alice is calling: video call');
  await bob.click('Accept');
  await Promise.all([inCall(alice, 'bob'), inCall(bob, 'alice')]);
  assert.deepEqual(await errorsAt(alice.page), [], 'a second press is no second call');
});

test('offers the call of the page before once the call part is there', async (t) => {
  const site = await start(t);
  const alice = await join(t, site, 'page.html', 'alice');
  const bob = await arrive(t, site, 'page.html', 'bob');
  const part = await callPartOf(bob.page);
  await part.letThrough();
  await bob.signIn();
  await connect(alice, bob);
  part.withhold();
  // From the browser's memory, nothing would be asked for.
  await bob.page.reload({ ignoreCache: true });
  await bob.sees('Getting ready for calls…');
  await part.letThrough();
  await bob.sees('You were in a call with alice');
  await bob.click('Rejoin');
  await Promise.all([inCall(alice, 'bob'), inCall(bob, 'alice')]);
});

test('says that the call part cannot be loaded, and tries again until it can', async (t) => {
  const site = await start(t);
  const bob = await join(t, site, 'page.html', 'bob');
  const alice = await arrive(t, site, 'page.html', 'alice');
  const part = await callPartOf(alice.page);
  await part.refuse();
  await alice.signIn();
  await alice.sees('Calls could not be loaded. Trying again…');
  await alice.until('a second attempt', () => part.refused() > 1);
  assert.deepEqual(await errorsAt(alice.page), ['calls-not-loaded'], 'said once');
  await part.letThrough();
  await alice.misses('Calls could not be loaded. Trying again…');
  await ring(alice, bob);
});

const inFirefox = 'tries again in Firefox, which keeps a failed import';

if (firefoxPath) {
  test(inFirefox, async (t) => {
    const site = await start(t);
    const browser = await startFirefox(t);
    const erin = await Person.at(t, browser, `${site.url}/page.html`, 'erin');
    const part = await callPartOf(erin.page);
    await part.refuse();
    await erin.signIn();
    await erin.sees('Calls could not be loaded. Trying again…');
    await erin.until('a second attempt', () => part.refused() > 1);
    await part.letThrough();
    await erin.find('textbox', 'Username to call');
  });
} else {
  test(inFirefox, (t) => t.diagnostic('NOT TRIED: install firefox-esr, or set FIREFOX_PATH'));
}

/** Withholds the call part of a page, from now on. */
async function callPartOf(page: Page) {
  let treat: ((request: HTTPRequest) => unknown) | undefined;
  let refusals = 0;
  const held: HTTPRequest[] = [];
  await page.setRequestInterception(true);
  page.on('request', (request) => {
    if (!request.url().includes('/chunks/call-part-')) return void request.continue();
    if (treat) void treat(request);
    else held.push(request);
  });
  const treatAll = async (how: (request: HTTPRequest) => unknown) => {
    treat = how;
    await Promise.all(held.splice(0).map(how));
  };
  return {
    withhold: () => (treat = undefined),
    letThrough: () => treatAll((request) => request.continue()),
    refuse: () =>
      treatAll((request) => {
        refusals++;
        return request.abort('failed');
      }),
    /** How often it has been refused. */
    refused: () => refusals,
  };
}

/** The codes of the errors that a page has been told of. */
const errorsAt = (page: Page) =>
  page.evaluate(() =>
    inPage.heard.filter(({ type }) => type === 'rtc-error').map(({ detail }) => detail),
  );
