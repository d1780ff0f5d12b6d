import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import type { ServerEvent } from '../../server/index.js';
import { arrive, connect, inCall, join } from '../helpers/e2e/call.js';
import { defineModules } from '../helpers/e2e/bundle.js';
import { nothingIsLeft, seeAndHearEachOther, watches } from '../helpers/e2e/media.js';
import { kitPage, startSite, startSiteOf } from '../helpers/e2e/site.js';

test('a tag that is moved within a task keeps the call, and so does its provider', async (t) => {
  const { alice, bob } = await talking(t);
  for (const selector of ['rtc-video-call', 'rtc-provider']) {
    await alice.page.evaluate((moved) => {
      const place = document.createElement('section');
      const inner = document.querySelector(moved)!;
      (moved === 'rtc-provider' ? document.body : inner.parentElement!).append(place);
      place.append(inner);
    }, selector);
    await inCall(alice, 'bob');
    await seeAndHearEachOther(alice, bob);
    assert.equal(await alice.page.evaluate(() => inPage.connectionCounts().connections), 1);
  }
  await bob.click('Hang up');
  await alice.sees('The call with bob has ended.');
});

test('a provider that is removed turns the camera off and signs out', async (t) => {
  const events: ServerEvent[] = [];
  const { alice, bob } = await talking(t, events);
  await alice.page.evaluate(() => document.querySelector('rtc-provider')!.remove());
  await bob.sees('The call with alice has ended.');
  await nothingIsLeft(alice);
  await alice.until('the end of the session', () =>
    events.some((event) => event.type === 'signed-out' && event.name === 'alice'),
  );
});

test('removing the last tag that could hang up ends the call, not the session', async (t) => {
  const { alice, bob } = await talking(t);
  await alice.page.evaluate(() => document.querySelector('rtc-video-call')!.remove());
  await bob.sees('The call with alice has ended.');
  await nothingIsLeft(alice);
  await alice.sees('Signed in as alice');
});

const tags = `
  <rtc-provider>
    <rtc-login></rtc-login>
    <rtc-video-call></rtc-video-call>
  </rtc-provider>`;

test('tags that are in the page before their script', async (t) => {
  const site = await startSiteOf(t, {
    'late.html': `<!doctype html><body>${tags}</body>`,
    'page.html': kitPage(tags),
  });
  const alice = await arrive(t, site, 'late.html', 'alice');
  const bob = await join(t, site, 'page.html', 'bob');
  await alice.page.evaluate(`import('/rtc-widgets.js')`);
  await alice.signIn();
  await connect(alice, bob);
  await watches(bob, 'alice');
});

test('tags work when their modules load in turn, the provider’s last', async (t) => {
  const site = await startSiteOf(t, {
    ...(await defineModules()),
    'late.html': `<!doctype html><body>${tags}</body>`,
    'page.html': kitPage(tags),
  });
  const alice = await arrive(t, site, 'late.html', 'alice');
  const bob = await join(t, site, 'page.html', 'bob');
  for (const name of ['video-call', 'login', 'provider']) {
    await alice.page.evaluate(`import('/${name}.js')`);
  }
  await alice.signIn();
  await connect(bob, alice);
  await watches(bob, 'alice');
});

/** Alice and Bob in a video call. */
async function talking(t: TestContext, events: ServerEvent[] = []) {
  const site = await startSite(t, { observer: (event) => events.push(event) });
  const [alice, bob] = await Promise.all([
    join(t, site, 'video.html', 'alice'),
    join(t, site, 'video.html', 'bob'),
  ]);
  await connect(alice, bob);
  await watches(bob, 'alice');
  return { alice, bob };
}
