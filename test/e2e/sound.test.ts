import { test, type TestContext } from 'node:test';
import { arrive, inCall } from '../helpers/e2e/call.js';
import { hears } from '../helpers/e2e/media.js';
import { kitPage, startSiteOf } from '../helpers/e2e/site.js';
import { until } from '../helpers/e2e/until.js';

// What a driver evaluates in a page counts as a gesture: Bob's is left alone until it has decided.

test('a page that nobody has touched says that it may not play sound', async (t) => {
  const { alice, bob } = await callerAndUntouched(t, 'auto-accept');
  await inCall(alice, 'bob');
  await bob.sees('This page may not play sound yet.');
  await bob.click('Turn on sound');
  await bob.misses('This page may not play sound yet.');
  await hears(bob, 'alice');
});

test('a page that nobody has touched rings visibly, and offers the sound', async (t) => {
  const { alice, bob, offered } = await callerAndUntouched(t, '');
  await offered;
  await bob.sees('alice is calling: video call');
  await bob.click('Turn on sound');
  await bob.misses('Turn on sound');
  await bob.sees('alice is calling: video call');
  await bob.click('Accept');
  await inCall(alice, 'bob');
});

/**
 * Bob's page tells the server by itself when it offers the sound: to ask it would count as a gesture.
 * The words come a moment after the button.
 */
const tellOfOffer = `
  const look = () => {
    const widget = document.querySelector('rtc-video-call');
    const bell = widget.shadowRoot?.querySelector('rtc-incoming-call');
    if (bell?.shadowRoot.textContent.includes('Turn on sound')) fetch('/healthz?offers');
    else requestAnimationFrame(look);
  };
  look();`;

/** Alice, who calls Bob, and Bob's page, which has signed him in by itself. */
async function callerAndUntouched(t: TestContext, attributes: string) {
  let online = 0;
  const page = (name: string, more: string) =>
    kitPage(`
      <rtc-provider>
        <rtc-login name="${name}" auto></rtc-login>
        <rtc-video-call ${more}></rtc-video-call>
      </rtc-provider>
      <script type="module" src="${name}.js"></script>`);
  const site = await startSiteOf(
    t,
    {
      'alice.html': page('alice', 'peer="bob"'),
      'alice.js': '',
      'bob.html': page('bob', attributes),
      'bob.js': tellOfOffer,
    },
    { observer: ({ type }) => (online += Number(type === 'signed-in')) },
  );
  const [alice, bob] = await Promise.all([
    arrive(t, site, 'alice.html', 'alice'),
    arrive(t, site, 'bob.html', 'bob'),
  ]);
  await until('both are online', () => online === 2);
  const offered = new Promise<void>((resolve) => {
    bob.page.on('request', (request) => {
      if (request.url().endsWith('/healthz?offers')) resolve();
    });
  });
  await alice.click('Call');
  return { alice, bob, offered };
}
