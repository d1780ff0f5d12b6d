import { test } from 'node:test';
import { aliceAndBob, connect, ring } from '../helpers/e2e/call.js';
import { nothingIsLeft, seeAndHearEachOther } from '../helpers/e2e/media.js';

test('either side hangs up, and then calls again, either way', async (t) => {
  const { alice, bob } = await aliceAndBob(t, 'video.html');
  const rounds = [
    { caller: alice, callee: bob, ends: bob },
    { caller: bob, callee: alice, ends: bob },
    { caller: alice, callee: bob, ends: alice },
  ];
  for (const { caller, callee, ends } of rounds) {
    await connect(caller, callee);
    await seeAndHearEachOther(alice, bob);
    await ends.click('Hang up');
    await alice.sees('The call with bob has ended.');
    await bob.sees('The call with alice has ended.');
    await nothingIsLeft(alice);
    await nothingIsLeft(bob);
  }
});

test('the caller gives up while it rings', async (t) => {
  const { alice, bob } = await aliceAndBob(t, 'video.html');
  await ring(alice, bob);
  await alice.click('Hang up');
  await bob.misses('alice is calling: video call');
  await alice.sees('The call was cancelled.');
  await bob.sees('The call was cancelled.');
  await nothingIsLeft(alice);
  await nothingIsLeft(bob);
  await connect(bob, alice);
});

test('signing out in a call ends it', async (t) => {
  const { alice, bob } = await aliceAndBob(t, 'video.html');
  await connect(alice, bob);
  await alice.click('Sign out');
  await bob.sees('The call with alice has ended.');
  await alice.find('textbox', 'Username');
  await nothingIsLeft(alice);
  await nothingIsLeft(bob);
});
