import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { atEnd } from '../helpers/e2e/at-end.js';
import { arrive, connect } from '../helpers/e2e/call.js';
import { hears, hearsNothing, nothingIsLeft, packetsPass, watches } from '../helpers/e2e/media.js';
import { FileStore } from '../../server/accounts/file-store.js';
import { Passwords } from '../../server/accounts/passwords.js';
import { LastingServer } from '../helpers/lasting-server.js';

/** Alice and Bob in a call, over a server that can be killed. */
async function inCall(t: TestContext, password = '') {
  const flags = password ? ['--accounts', `file:${await accounts(t, password)}`] : [];
  const server = await LastingServer.start(...flags);
  atEnd(t, () => server.stop());
  const both = ['alice', 'bob'] as const;
  const [alice, bob] = await Promise.all(
    both.map(async (name) => {
      const person = await arrive(t, server, 'video.html', name);
      await person.signIn(name, password);
      // By now this page has heard that a password is needed.
      await person.page.evaluate(() => void inPage.heard.splice(0));
      return person;
    }),
  );
  assert.ok(alice && bob);
  await connect(alice, bob);
  await Promise.all([watches(alice, 'bob'), hears(bob, 'alice')]);
  return { server, alice, bob };
}

/** A file of Alice's and Bob's accounts. */
async function accounts(t: TestContext, password: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'rtc-widgets-accounts-'));
  atEnd(t, () => rm(folder, { recursive: true }));
  const path = join(folder, 'accounts');
  const store = await FileStore.open(path, { onError: (error) => assert.fail(error) });
  const hash = await new Passwords().hash(password);
  for (const name of ['alice', 'bob']) await store.add(name, hash);
  await store.close();
  return path;
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

for (const [signal, password] of [
  ['SIGKILL', 'correct horse battery'],
  ['SIGTERM', ''],
] as const) {
  const how = `${signal}, ${password ? 'with' : 'without'} passwords,`;
  test(`the server ends by ${how} and starts anew: both are signed in, in the same call`, async (t) => {
    const { server, alice, bob } = await inCall(t, password);
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
