import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aliceAndBob, connect, inCall } from '../helpers/e2e/call.js';
import {
  decodesMore,
  hears,
  hearsNothing,
  packetsPass,
  received,
  seeAndHearEachOther,
  watches,
} from '../helpers/e2e/media.js';

test('a video call: ring, accept, frames and sound both ways', async (t) => {
  const { alice, bob } = await aliceAndBob(t, 'video.html');
  await alice.call('bob');
  await bob.find('alert', 'alice is calling: video call');
  await alice.sees('Ringing bob…');
  await bob.click('Accept');
  await Promise.all([inCall(alice, 'bob'), inCall(bob, 'alice')]);
  await seeAndHearEachOther(alice, bob);
  await Promise.all([decodesMore(alice), decodesMore(bob)]);
});

test('a muted person is not heard, and the partner is told', async (t) => {
  const { alice, bob } = await aliceAndBob(t, 'video.html');
  await connect(alice, bob);
  await hears(bob, 'alice');
  await alice.click('Microphone');
  await bob.sees('Microphone off');
  await hearsNothing(bob, 'alice');
  await hears(alice, 'bob');
  await alice.click('Microphone');
  await bob.misses('Microphone off');
  await hears(bob, 'alice');
});

test('camera off ends the frames and the light, and the partner is told', async (t) => {
  const { alice, bob } = await aliceAndBob(t, 'video.html');
  await connect(alice, bob);
  await watches(bob, 'alice');
  assert.equal(await alice.page.evaluate(() => inPage.light()), true);
  await alice.click('Camera');
  await bob.sees('Camera off');
  assert.equal(await alice.page.evaluate(() => inPage.light()), false);
  // Packets on their way have arrived once sound sent later has.
  await packetsPass(bob, 25);
  const { frames } = await received(bob);
  await packetsPass(bob, 50);
  assert.equal((await received(bob)).frames, frames);
  assert.equal(await bob.page.evaluate(() => inPage.picture('alice')), undefined);
  await watches(alice, 'bob');
  await alice.click('Camera');
  await bob.misses('Camera off');
  await watches(bob, 'alice');
});
