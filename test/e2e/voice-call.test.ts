import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aliceAndBob, connect } from '../helpers/e2e/call.js';
import { hears, hearsNothing } from '../helpers/e2e/media.js';
import type { Person } from '../helpers/e2e/person.js';

test('a voice call: sound both ways, its loudness and its duration', async (t) => {
  const { alice, bob } = await aliceAndBob(t, 'voice.html');
  await connect(alice, bob, 'voice');
  await Promise.all([hears(alice, 'bob'), hears(bob, 'alice')]);
  assert.equal(await alice.page.evaluate(() => inPage.light()), false);
  await bob.until('loudness', async () => (await loudness(bob)) > 0);
  await bob.sees('00:01');
  await bob.sees('00:02');
});

test('muted in a voice call, and the call the other way', async (t) => {
  const { alice, bob } = await aliceAndBob(t, 'voice.html');
  await connect(alice, bob, 'voice');
  await hears(bob, 'alice');
  await alice.click('Microphone');
  await bob.sees('Microphone off');
  await hearsNothing(bob, 'alice');
  await bob.until('no loudness', async () => (await loudness(bob)) === 0);
  await bob.click('Hang up');
  await alice.sees('The call with bob has ended.');
  await bob.sees('The call with alice has ended.');
  await connect(bob, alice, 'voice');
  await Promise.all([hears(alice, 'bob'), hears(bob, 'alice')]);
});

async function loudness(person: Person): Promise<number> {
  const meter = await person.find('meter', 'Loudness');
  return Number(await meter.evaluate((element) => element.getAttribute('aria-valuenow')));
}
