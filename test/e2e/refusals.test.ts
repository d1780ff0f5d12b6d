import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aliceAndBob, arrive, connect, join, ring } from '../helpers/e2e/call.js';
import { watches } from '../helpers/e2e/media.js';
import { startSite } from '../helpers/e2e/site.js';

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
