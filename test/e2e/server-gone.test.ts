import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aliceAndBob, arrive, connect } from '../helpers/e2e/call.js';
import { watches } from '../helpers/e2e/media.js';
import { startSite } from '../helpers/e2e/site.js';

test('a sign-in without a server shows an error', async (t) => {
  const site = await startSite(t);
  const alice = await arrive(t, site, 'video.html', 'alice');
  await site.close();
  await alice.type('Username', 'alice\n');
  await alice.sees('The server cannot be reached. Try again in a moment.');
  await startSite(t, { port: site.port });
  await alice.page.keyboard.press('Enter');
  await alice.sees('Signed in as alice');
});

test('a sign-in to a server that the page’s policy forbids shows an error', async (t) => {
  const alice = await arrive(t, await startSite(t), 'csp.html', 'alice');
  await alice.page.evaluate(() =>
    document.querySelector('rtc-provider')!.setAttribute('server', 'ws://elsewhere.invalid/'),
  );
  await alice.type('Username', 'alice\n');
  await alice.sees('The server cannot be reached. Try again in a moment.');
});

test('the server starts anew: all are signed in again by themselves', async (t) => {
  const { site, alice, bob } = await aliceAndBob(t, 'video.html');
  await site.close();
  await Promise.all([alice.sees('Reconnecting…'), bob.sees('Reconnecting…')]);
  await startSite(t, { port: site.port });
  await Promise.all([alice.sees('Signed in as alice'), bob.sees('Signed in as bob')]);
  await connect(alice, bob);
  await watches(bob, 'alice');
  const logins = await alice.page.evaluate(
    () => inPage.heard.filter(({ type }) => type === 'rtc-login').length,
  );
  assert.equal(logins, 1, 'the page is told of the first sign-in only');
});
