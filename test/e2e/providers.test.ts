import assert from 'node:assert/strict';
import { test } from 'node:test';
import { connect, inCall, ring } from '../helpers/e2e/call.js';
import { chromiumOf } from '../helpers/e2e/chromium.js';
import { watches } from '../helpers/e2e/media.js';
import { Person } from '../helpers/e2e/person.js';
import { kitPage, startSiteOf } from '../helpers/e2e/site.js';

const tags = `
  <rtc-login></rtc-login>
  <rtc-video-call></rtc-video-call>`;

test('two providers on a page never mix', async (t) => {
  const site = await startSiteOf(t, {
    'two.html': kitPage(`
      <rtc-provider id="one" server="local:one">${tags}</rtc-provider>
      <rtc-provider id="two" server="local:two">${tags}</rtc-provider>`),
    'one.html': kitPage(`<rtc-provider server="local:one">${tags}</rtc-provider>`),
  });
  const browser = await chromiumOf('all');
  const bob = await Person.at(t, browser, `${site.url}/one.html`, 'bob');
  const alice = await Person.at(t, browser, `${site.url}/two.html`, 'alice');
  const [one, two] = [alice.within('#one'), alice.within('#two')];
  await bob.signIn();
  await one.signIn();
  assert.equal(await two.has('textbox', 'Username'), true, 'signed in at one of them only');
  // The same name is free at the other, and nobody else is there.
  await two.signIn();
  await two.call('bob');
  await two.sees('bob is not online.');

  await ring(bob, one);
  assert.equal(await two.has('button', 'Accept'), false);
  await one.click('Accept');
  await inCall(one, 'bob');
  await watches(bob, 'alice');
  assert.equal(await two.has('button', 'Hang up'), false);
  await two.click('Sign out');
  await inCall(one, 'bob');
});

test('provider="id" joins from anywhere, from inside another provider too', async (t) => {
  const site = await startSiteOf(t, {
    'ids.html': kitPage(`
      <rtc-login id="outside" provider="two"></rtc-login>
      <rtc-provider id="one" server="local:one">
        <rtc-video-call id="inside" provider="two"></rtc-video-call>
      </rtc-provider>
      <rtc-provider id="two" server="local:two"></rtc-provider>`),
    'two.html': kitPage(`<rtc-provider server="local:two">${tags}</rtc-provider>`),
  });
  const browser = await chromiumOf('all');
  const alice = await Person.at(t, browser, `${site.url}/ids.html`, 'alice');
  const bob = await Person.at(t, browser, `${site.url}/two.html`, 'bob');
  await alice.within('#outside').signIn();
  await bob.signIn();
  await connect(bob, alice.within('#inside'));
});
