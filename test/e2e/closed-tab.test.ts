import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aliceAndBob, connect } from '../helpers/e2e/call.js';
import { watches } from '../helpers/e2e/media.js';

/** How long a name is held after its page went away, in milliseconds. */
const HELD = 10_000;

test('the callee closes the tab: the caller sees it at once, and the end in ten seconds', async (t) => {
  const { alice, bob } = await aliceAndBob(t, 'video.html');
  await connect(alice, bob);
  await watches(alice, 'bob');
  await bob.page.close();
  const closed = Date.now();
  await alice.sees('Reconnecting…', 2000);
  await alice.sees('bob is gone.', HELD + 5000);
  assert.ok(Date.now() - closed > HELD - 500, `gone after ${Date.now() - closed} ms`);
  assert.equal(await alice.page.evaluate(() => inPage.capturing()), false);
});
