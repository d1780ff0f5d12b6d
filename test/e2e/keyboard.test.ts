import assert from 'node:assert/strict';
import { test } from 'node:test';
import { arrive, inCall } from '../helpers/e2e/call.js';
import { watches } from '../helpers/e2e/media.js';
import type { Person } from '../helpers/e2e/person.js';
import { startSite } from '../helpers/e2e/site.js';

test('a whole video call by keyboard: made, accepted, muted and ended', async (t) => {
  const site = await startSite(t);
  const [alice, bob] = await Promise.all([
    arrive(t, site, 'video.html', 'alice'),
    arrive(t, site, 'video.html', 'bob'),
  ]);
  for (const person of [alice, bob]) {
    await tabTo(person, 'textbox Username');
    await person.page.keyboard.type(person.name);
    await person.page.keyboard.press('Enter');
    await person.sees(`Signed in as ${person.name}`);
    await hasFocus(person, 'button Sign out');
  }
  await tabTo(alice, 'textbox Username to call');
  await alice.page.keyboard.type('bob');
  await tabTo(alice, 'button Call');
  await alice.page.keyboard.press('Space');
  await hasFocus(alice, 'button Hang up');

  await bob.sees('alice is calling: video call');
  await tabTo(bob, 'button Accept');
  await bob.page.keyboard.press('Enter');
  await Promise.all([inCall(alice, 'bob'), inCall(bob, 'alice')]);
  await hasFocus(alice, 'button Hang up');
  await hasFocus(bob, 'button Hang up');
  await Promise.all([watches(alice, 'bob'), watches(bob, 'alice')]);

  await tabTo(bob, 'button Microphone');
  await bob.page.keyboard.press('Space');
  await alice.sees('Microphone off');
  await hasFocus(bob, 'button Microphone');
  await tabTo(bob, 'button Camera');
  await bob.page.keyboard.press('Space');
  await alice.sees('Camera off');
  await bob.page.keyboard.press('Space');
  await alice.misses('Camera off');
  await hasFocus(bob, 'button Camera');
  await tabTo(bob, 'button Hang up');
  await bob.page.keyboard.press('Enter');
  await alice.sees('The call with bob has ended.');
  await hasFocus(alice, 'textbox Username to call');
  await hasFocus(bob, 'textbox Username to call');
});

/** Presses Tab until the focus is there. */
async function tabTo(person: Person, target: string): Promise<void> {
  const passed: string[] = [];
  while ((await focused(person)) !== target) {
    assert.ok(passed.length < 20, `${target} not among ${passed.join(', ')}`);
    await person.page.keyboard.press('Tab');
    passed.push(await focused(person));
  }
}

async function hasFocus(person: Person, target: string): Promise<void> {
  await person.until(`the focus on ${target}`, async () => (await focused(person)) === target);
}

const focused = ({ page }: Person) => page.evaluate(() => inPage.focused());
