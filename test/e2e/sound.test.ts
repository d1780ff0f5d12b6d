import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { arrive, inCall } from '../helpers/e2e/call.js';
import { hears, watches } from '../helpers/e2e/media.js';
import { kitPage, startSiteOf } from '../helpers/e2e/site.js';
import { until } from '../helpers/e2e/until.js';

// A script that a driver evaluates counts as a gesture: Bob's page is left alone until a click.

test('a page that nobody has touched sends no picture or sound, and may not play any', async (t) => {
  const { alice, bob } = await callerAndUntouched(t, 'auto-accept');
  await inCall(alice, 'bob');
  await alice.sees('Microphone off');
  await alice.sees('Camera off');
  await bob.sees('This page may not play sound yet.');
  await bob.click('Turn on sound');
  await bob.misses('This page may not play sound yet.');
  await hears(bob, 'alice');
  await watches(alice, 'bob');
  await hears(alice, 'bob');
});

test('a page that nobody has touched rings visibly, and offers the sound', async (t) => {
  const { alice, bob, offered } = await callerAndUntouched(t, '');
  const { words, x, y } = await offered;
  assert.match(words, /alice is calling: video call/);
  await bob.page.mouse.click(x, y);
  await bob.misses('Turn on sound');
  await bob.sees('alice is calling: video call');
  await bob.click('Accept');
  await inCall(alice, 'bob');
});

/** Bob's page tells the server by itself what it says and where it offers the sound. */
const tellOfOffer = `
  const look = () => {
    const widget = document.querySelector('rtc-video-call');
    const bell = widget.shadowRoot?.querySelector('rtc-incoming-call')?.shadowRoot;
    const button = [...(bell?.querySelectorAll('button') ?? [])]
      .find((each) => each.textContent.includes('Turn on sound'));
    if (!button) return requestAnimationFrame(look);
    const { x, y, width, height } = button.getBoundingClientRect();
    fetch('/healthz?' + new URLSearchParams({
      words: bell.textContent,
      x: x + width / 2,
      y: y + height / 2,
    }));
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
  const offered = new Promise<{ words: string; x: number; y: number }>((resolve) => {
    bob.page.on('request', (request) => {
      const { pathname, searchParams } = new URL(request.url());
      if (pathname !== '/healthz') return;
      const { words = '', x, y } = Object.fromEntries(searchParams);
      resolve({ words, x: Number(x), y: Number(y) });
    });
  });
  await alice.click('Call');
  return { alice, bob, offered };
}
