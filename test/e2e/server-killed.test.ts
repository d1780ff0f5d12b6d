import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { atEnd } from '../helpers/e2e/at-end.js';
import { bothAt, connect } from '../helpers/e2e/call.js';
import { hears, hearsNothing, nothingIsLeft, packetsPass, watches } from '../helpers/e2e/media.js';
import { LastingServer } from '../helpers/lasting-server.js';

/** Alice and Bob in a call, over a server that can be killed. */
async function inCall(t: TestContext) {
  const server = await LastingServer.start();
  atEnd(t, () => server.stop());
  const { alice, bob } = await bothAt(t, server, 'video.html');
  await connect(alice, bob);
  await Promise.all([watches(alice, 'bob'), hears(bob, 'alice')]);
  return { server, alice, bob };
}

test('the server is killed: the call goes on, mutes and hangs up without it', async (t) => {
  const { server, alice, bob } = await inCall(t);
  await server.stop('SIGKILL');
  await Promise.all([alice.sees('Reconnecting…'), bob.sees('Reconnecting…')]);
  await Promise.all([packetsPass(alice, 100), packetsPass(bob, 100)]);
  await Promise.all([watches(alice, 'bob'), watches(bob, 'alice')]);
  assert.equal(await alice.reads('Connected with bob'), true);

  await alice.click('Microphone');
  await bob.sees('Microphone off');
  await hearsNothing(bob, 'alice');
  await bob.click('Camera');
  await alice.sees('Camera off');

  await alice.click('Hang up');
  await bob.sees('The call with alice has ended.');
  await Promise.all([nothingIsLeft(alice), nothingIsLeft(bob)]);
});

for (const signal of ['SIGKILL', 'SIGTERM'] as const) {
  test(`the server ends by ${signal} and starts anew: both are signed in, in the same call`, async (t) => {
    const { server, alice, bob } = await inCall(t);
    await server.stop(signal);
    await server.restart();
    await Promise.all([alice.sees('Signed in as alice'), bob.sees('Signed in as bob')]);
    await Promise.all([watches(alice, 'bob'), watches(bob, 'alice')]);
    await hears(alice, 'bob');
    for (const person of [alice, bob]) {
      const heard = await person.page.evaluate(() => inPage.heard.map(({ type }) => type));
      assert.equal(heard.filter((type) => type === 'rtc-call-start').length, 1);
      assert.equal(heard.includes('rtc-error'), false);
      assert.equal(heard.includes('rtc-call-end'), false);
    }
    // The new server knows the call: a third person is told that both are busy.
    await bob.click('Hang up');
    await alice.sees('The call with bob has ended.');
    await connect(bob, alice);
    await watches(alice, 'bob');
  });
}
