import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aliceAndBob, connect } from '../helpers/e2e/call.js';
import { hears, watches } from '../helpers/e2e/media.js';
import type { Person } from '../helpers/e2e/person.js';

const refusals = [
  {
    name: 'NotAllowedError',
    code: 'media-denied',
    words: 'Camera or microphone is blocked. Allow it in the browser’s settings for this page.',
  },
  {
    name: 'NotFoundError',
    code: 'media-not-found',
    words: 'No camera or microphone was found.',
  },
];

for (const { name, code, words } of refusals) {
  test(`a person without devices (${name}) can call, and sees and hears`, async (t) => {
    const { alice, bob } = await aliceAndBob(t, 'video.html');
    await alice.page.evaluate((refusal) => inPage.refuseDevices(refusal), name);
    await connect(alice, bob);
    await alice.sees(words);
    await watches(alice, 'bob');
    await hears(alice, 'bob');
    await bob.sees('Microphone off');
    await bob.sees('Camera off');
    assert.deepEqual(await errors(alice), [code]);

    // Allowed meanwhile: the buttons open the devices in the same call.
    await alice.page.evaluate(() => inPage.refuseDevices(''));
    await alice.click('Camera');
    await watches(bob, 'alice');
    await alice.click('Microphone');
    await hears(bob, 'alice');
    await alice.misses(words);
  });
}

test('a person without devices can be called', async (t) => {
  const { alice, bob } = await aliceAndBob(t, 'video.html');
  await bob.page.evaluate(() => inPage.refuseDevices('NotAllowedError'));
  await connect(alice, bob);
  await watches(bob, 'alice');
  await hears(bob, 'alice');
  assert.deepEqual(await errors(bob), ['media-denied']);
  assert.deepEqual(await errors(alice), []);
});

const lost = 'Camera or microphone was unplugged or taken away.';

test('a camera that is unplugged in a call is off until it is back', async (t) => {
  const { alice, bob } = await aliceAndBob(t, 'video.html');
  await connect(alice, bob);
  await watches(bob, 'alice');
  const before = await negotiations(alice);
  await alice.page.evaluate(() => inPage.unplug('video'));
  await alice.sees(lost);
  await bob.sees('Camera off');
  await hears(bob, 'alice');
  await alice.page.evaluate(() => inPage.plugIn('video'));
  await watches(bob, 'alice');
  await alice.misses(lost);
  await bob.misses('Camera off');
  assert.equal(await negotiations(alice), before, 'no new negotiation');
  assert.deepEqual(await errors(alice), ['media-lost']);
});

test('a microphone that is unplugged in a call is off until it is back, or opened', async (t) => {
  const { alice, bob } = await aliceAndBob(t, 'voice.html');
  await connect(alice, bob, 'voice');
  for (const returns of ['by itself', 'by its button']) {
    if (returns === 'by its button') await alice.click('Microphone');
    await alice.page.evaluate(() => inPage.unplug('audio'));
    await alice.sees(lost);
    await bob.sees('Microphone off');
    await alice.page.evaluate(() => inPage.plugIn('audio'));
    if (returns === 'by its button') await alice.click('Microphone');
    await bob.misses('Microphone off');
    await alice.misses(lost);
  }
  assert.deepEqual(await errors(alice), ['media-lost', 'media-lost']);
});

const negotiations = ({ page }: Person) =>
  page.evaluate(() => inPage.connectionCounts().localDescriptions);

const errors = ({ page }: Person) =>
  page.evaluate(() =>
    inPage.heard.filter(({ type }) => type === 'rtc-error').map(({ detail }) => detail),
  );
