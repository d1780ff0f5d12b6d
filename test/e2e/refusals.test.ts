import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aliceAndBob, arrive, connect, join, ring } from '../helpers/e2e/call.js';
import { watches } from '../helpers/e2e/media.js';
import { kitPage, startOtherSite, startSite, startSiteOf } from '../helpers/e2e/site.js';

test('the callee declines', async (t) => {
  const { alice, bob } = await aliceAndBob(t, 'video.html');
  await ring(alice, bob);
  await bob.click('Decline');
  await alice.sees('bob declined.');
  await bob.misses('alice is calling: video call');
  await bob.sees('You declined alice’s call.');
  assert.equal(await alice.page.evaluate(() => inPage.capturing()), false);
});

test('a third person finds both busy, and their call goes on', async (t) => {
  const site = await startSite(t);
  const [{ alice, bob }, carol] = await Promise.all([
    aliceAndBob(t, 'video.html', site),
    join(t, site, 'video.html', 'carol'),
  ]);
  await connect(alice, bob);
  for (const name of ['alice', 'bob']) {
    await carol.call(name);
    await carol.sees(`${name} is in another call.`);
  }
  assert.equal(await bob.reads('carol is calling: video call'), false);
  await Promise.all([watches(alice, 'bob'), watches(bob, 'alice')]);
});

test('nobody of that name is online', async (t) => {
  const alice = await join(t, await startSite(t), 'video.html', 'alice');
  await alice.call('nobody');
  await alice.sees('nobody is not online.');
  // A letter may be wrong in it: the name is there still.
  const field = await alice.find('textbox', 'Username to call');
  assert.equal(await field.evaluate((input) => (input as HTMLInputElement).value), 'nobody');
});

test('a person cannot call their own name', async (t) => {
  const alice = await join(t, await startSite(t), 'video.html', 'alice');
  await alice.call('Alice');
  await alice.sees('That is your own name.');
});

test('a name that is taken', async (t) => {
  const site = await startSite(t);
  const [, bob] = await Promise.all([
    join(t, site, 'video.html', 'alice'),
    arrive(t, site, 'video.html', 'bob'),
  ]);
  await bob.type('Username', 'Alice\n');
  await bob.sees('This name is taken: try a different username.');
  await bob.type('Username', 'x\n');
  await bob.sees('Signed in as Alicex');
});

const pageFor = (server: string, site?: string) =>
  kitPage(`<rtc-provider server="${server}"><rtc-login></rtc-login></rtc-provider>`, site);

test('a server that does not let this site in is told from one that is away', async (t) => {
  const { url } = await startSite(t, { origins: ['https://talk.example.org'] });
  const refused = await startOtherSite(t, pageFor(url.replace('http', 'ws'), url));
  const alice = await arrive(t, { url: refused }, '', 'alice');
  await alice.type('Username', 'alice\n');
  await alice.sees(
    `The server is there, but does not let this page connect. Its operator may have to allow ${refused}.`,
  );
  const away = await startOtherSite(t, pageFor('ws://127.0.0.1:9', url));
  const bob = await arrive(t, { url: away }, '', 'bob');
  await bob.type('Username', 'bob\n');
  await bob.sees('The server cannot be reached. Try again in a moment.');
});

test('an address that is none is said to be wrong, and how', async (t) => {
  const site = await startSiteOf(t, { 'wrong.html': pageFor('localhost:9090') });
  const alice = await arrive(t, site, 'wrong.html', 'alice');
  await alice.type('Username', 'alice\n');
  await alice.sees(
    'The address of the server in this page is wrong: it has to begin with wss:// or ws://, or to be a path of this site.',
  );
});

test('a page in a srcdoc frame finds the server of the page around it', async (t) => {
  const inside = pageFor('/').replaceAll('"', '&quot;');
  const site = await startSiteOf(t, { 'around.html': `<iframe srcdoc="${inside}"></iframe>` });
  const alice = await arrive(t, site, 'around.html', 'alice');
  const frame = await alice.until('the frame', () => alice.page.frames()[1]);
  await frame.evaluate(async () => {
    await customElements.whenDefined('rtc-provider');
    await document.querySelector('rtc-provider')!.login('alice');
  });
  const name = await frame.evaluate(
    () => document.querySelector('rtc-provider')!.session!.signaling.state.name,
  );
  assert.equal(name, 'alice');
});
