import assert from 'node:assert/strict';
import { test } from 'node:test';
import { arrive, inCall, join, ring } from '../helpers/e2e/call.js';
import { watches } from '../helpers/e2e/media.js';
import { kitPage, startSite, startSiteOf } from '../helpers/e2e/site.js';

test('attributes alone sign in, leave a single Call button, and accept calls', async (t) => {
  const site = await startSiteOf(t, {
    'caller.html': kitPage(`
      <rtc-provider>
        <rtc-login name="alice" auto></rtc-login>
        <rtc-video-call peer="bob"></rtc-video-call>
      </rtc-provider>`),
    'callee.html': kitPage(`
      <rtc-provider>
        <rtc-login name="bob" auto></rtc-login>
        <rtc-video-call auto-accept="Alice, front desk"></rtc-video-call>
      </rtc-provider>`),
  });
  const [alice, bob] = await Promise.all([
    arrive(t, site, 'caller.html', 'alice'),
    arrive(t, site, 'callee.html', 'bob'),
  ]);
  await Promise.all([alice.sees('Signed in as alice'), bob.sees('Signed in as bob')]);
  assert.equal(await alice.has('textbox', 'Username to call'), false);
  await alice.click('Call');
  await Promise.all([inCall(alice, 'bob'), inCall(bob, 'alice')]);
  await Promise.all([watches(alice, 'bob'), watches(bob, 'alice')]);
});

test('a page declines the kinds of call that its tags do not take', async (t) => {
  const site = await startSite(t);
  const [alice, bob] = await Promise.all([
    join(t, site, 'index.html', 'alice'),
    join(t, site, 'voice.html', 'bob'),
  ]);
  for (const tag of ['rtc-video-call', 'rtc-text-chat']) {
    await alice.within(tag).call('bob');
    await alice.within(tag).sees('bob does not take calls of this kind.');
  }
  assert.equal(await bob.has('button', 'Accept'), false);
  await ring(alice.within('rtc-voice-call'), bob, 'voice');
});

test('rtc-video-call takes voice calls too', async (t) => {
  const site = await startSite(t);
  const [alice, bob] = await Promise.all([
    join(t, site, 'voice.html', 'alice'),
    join(t, site, 'video.html', 'bob'),
  ]);
  await ring(alice, bob, 'voice');
  await bob.click('Accept');
  await Promise.all([inCall(alice, 'bob'), inCall(bob, 'alice')]);
});
