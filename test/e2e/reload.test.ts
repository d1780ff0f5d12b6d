import { test } from 'node:test';
import { aliceAndBob, connect, inCall, ring } from '../helpers/e2e/call.js';
import {
  hears,
  hearsNothing,
  nothingIsLeft,
  seeAndHearEachOther,
  watches,
} from '../helpers/e2e/media.js';

test('a page that is loaded again in a call is signed in, and may go on with the call', async (t) => {
  const { alice, bob } = await aliceAndBob(t, 'video.html');
  await connect(alice, bob);
  await watches(bob, 'alice');
  await alice.page.reload();
  await bob.sees('Reconnecting…');
  await alice.sees('Signed in as alice');
  await alice.sees('You were in a call with bob');
  // She is back, but not in the call.
  await bob.sees('Reconnecting…');
  await alice.click('Rejoin');
  await Promise.all([inCall(alice, 'bob'), inCall(bob, 'alice')]);
  await seeAndHearEachOther(alice, bob);
  // The same for the callee.
  await bob.page.reload();
  await bob.click('Rejoin');
  await Promise.all([inCall(alice, 'bob'), inCall(bob, 'alice')]);
  await watches(alice, 'bob');
  await alice.click('Hang up');
  await bob.sees('The call with alice has ended.');
  await Promise.all([nothingIsLeft(alice), nothingIsLeft(bob)]);
});

test('a person who is muted, with the camera off, is so after the page is loaded again', async (t) => {
  const { alice, bob } = await aliceAndBob(t, 'video.html');
  await connect(alice, bob);
  await hears(bob, 'alice');
  await alice.click('Microphone');
  await alice.click('Camera');
  await bob.sees('Microphone off');
  await bob.sees('Camera off');
  await alice.page.reload();
  await bob.sees('Reconnecting…');
  await alice.click('Rejoin');
  await Promise.all([inCall(alice, 'bob'), inCall(bob, 'alice')]);
  await watches(alice, 'bob');
  await bob.sees('Microphone off');
  await bob.sees('Camera off');
  await hearsNothing(bob, 'alice');
  await alice.click('Microphone');
  await hears(bob, 'alice');
});

test('a page that is loaded again in a call may end the call instead', async (t) => {
  const { alice, bob } = await aliceAndBob(t, 'video.html');
  await connect(alice, bob);
  await bob.page.reload();
  await bob.sees('You were in a call with alice');
  await bob.click('Hang up');
  await alice.sees('The call with bob has ended.');
  await nothingIsLeft(alice);
  await connect(bob, alice);
});

test('a page that is loaded again while it rings rings again', async (t) => {
  const { alice, bob } = await aliceAndBob(t, 'video.html');
  await ring(alice, bob);
  await bob.page.reload();
  await bob.sees('alice is calling: video call');
  await bob.click('Accept');
  await Promise.all([inCall(alice, 'bob'), inCall(bob, 'alice')]);
  await watches(alice, 'bob');
});

test('a caller whose page is loaded again has given up the call', async (t) => {
  const { alice, bob } = await aliceAndBob(t, 'video.html');
  await ring(alice, bob);
  await alice.page.reload();
  await alice.sees('Signed in as alice');
  await bob.sees('The call was cancelled.');
  await connect(alice, bob);
});

test('a person who signed out is not signed in by loading the page again', async (t) => {
  const { alice } = await aliceAndBob(t, 'video.html');
  await alice.click('Sign out');
  await alice.page.reload();
  await alice.find('textbox', 'Username');
});
