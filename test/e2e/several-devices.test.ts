import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { arrive, inCall, join } from '../helpers/e2e/call.js';
import { hears, nothingIsLeft, watches } from '../helpers/e2e/media.js';
import type { Person } from '../helpers/e2e/person.js';
import { startSite } from '../helpers/e2e/site.js';

const RING = 'alice is calling: video call';

/**
 * Alice, and Bob at two devices. The second is carol's, with her picture and tone: by these it is
 * told which of the two Alice is connected with.
 */
async function aliceAndBobAtTwo(t: TestContext, page = 'video.html') {
  const site = await startSite(t, { hub: { sessionsPerName: 2 } });
  const [alice, phone, laptop] = await Promise.all([
    join(t, site, page, 'alice'),
    join(t, site, page, 'bob'),
    arrive(t, site, page, 'carol'),
  ]);
  await laptop.signIn('bob');
  return { site, alice, phone, laptop };
}

/** Alice calls Bob, at whatever devices he has. */
async function ringAll(alice: Person, ...devices: Person[]): Promise<void> {
  await alice.call('bob');
  await Promise.all(devices.map((device) => device.sees(RING)));
}

/** Checks that `taker` has the call, with sound and picture both ways, and the others do not. */
async function answeredAt(taker: Person, alice: Person, ...others: Person[]): Promise<void> {
  await taker.click('Accept');
  for (const other of others) {
    await other.misses(RING);
    await other.sees('The call was answered on another device.');
  }
  await Promise.all([inCall(alice, 'bob'), inCall(taker, 'alice')]);
  await Promise.all([watches(alice, taker.name, 'bob'), watches(taker, 'alice')]);
  await Promise.all([hears(alice, taker.name, 'bob'), hears(taker, 'alice')]);
  for (const other of others) await nothingIsLeft(other);
}

test('all devices ring, the first to accept has the call, and all can be reached again', async (t) => {
  const { alice, phone, laptop } = await aliceAndBobAtTwo(t);
  for (const [taker, other] of [
    [phone, laptop],
    [laptop, phone],
    [laptop, phone],
  ] as const) {
    await ringAll(alice, phone, laptop);
    await alice.sees('Ringing bob…');
    await answeredAt(taker, alice, other);
    await taker.click('Hang up');
    await alice.sees('The call with bob has ended.');
    await taker.sees('The call with alice has ended.');
    await Promise.all([alice, phone, laptop].map(nothingIsLeft));
  }
});

test('declining at one device declines at all of them', async (t) => {
  const { alice, phone, laptop } = await aliceAndBobAtTwo(t);
  await ringAll(alice, phone, laptop);
  await laptop.click('Decline');
  await alice.sees('bob declined.');
  await phone.misses(RING);
  await phone.sees('The call was cancelled.');
  await laptop.sees('You declined alice’s call.');
  await Promise.all([alice, phone, laptop].map(nothingIsLeft));
});

test('when the caller gives up, all devices stop', async (t) => {
  const { alice, phone, laptop } = await aliceAndBobAtTwo(t);
  await ringAll(alice, phone, laptop);
  await alice.click('Hang up');
  for (const device of [phone, laptop]) {
    await device.misses(RING);
    await device.sees('The call was cancelled.');
  }
});

test('a device that is in a call leaves the others free', async (t) => {
  const { site, alice, phone, laptop } = await aliceAndBobAtTwo(t);
  await ringAll(alice, phone, laptop);
  await answeredAt(phone, alice, laptop);
  // Without a tone of his own in this browser: seen, and not heard.
  const dave = await join(t, site, 'video.html', 'dave');
  await dave.call('bob');
  await laptop.sees('dave is calling: video call');
  assert.equal(await phone.reads('dave is calling: video call'), false);
  await laptop.click('Accept');
  await Promise.all([inCall(dave, 'bob'), inCall(laptop, 'dave')]);
  await Promise.all([watches(dave, 'carol', 'bob'), watches(laptop, 'dave')]);
  await Promise.all([watches(alice, 'bob'), watches(phone, 'alice')]);
  await laptop.click('Hang up');
  await dave.sees('The call with bob has ended.');
  await Promise.all([watches(alice, 'bob'), watches(phone, 'alice')]);
});

test('the other device takes a call that comes when the first has signed out', async (t) => {
  const { alice, phone, laptop } = await aliceAndBobAtTwo(t);
  await phone.click('Sign out');
  await phone.find('textbox', 'Username');
  await ringAll(alice, laptop);
  await answeredAt(laptop, alice);
});

test('the roster shows a person of several devices once, until the last has signed out', async (t) => {
  const { site, alice, phone, laptop } = await aliceAndBobAtTwo(t, 'index.html');
  const online = () =>
    alice.page.evaluate(() => {
      const { shadowRoot } = document.querySelector('rtc-roster')!;
      return [...shadowRoot!.querySelectorAll('bdi')].map(({ textContent }) => textContent);
    });
  const sees = (...names: string[]) =>
    alice.until(`${names.join()} online`, async () => (await online()).join() === names.join());
  await sees('bob');
  // Dave comes online later and is seen later: all news of Bob has arrived by then.
  const dave = await join(t, site, 'video.html', 'dave');
  await sees('bob', 'dave');
  await phone.click('Sign out');
  await phone.find('textbox', 'Username');
  await dave.click('Sign out');
  await sees('bob');
  await laptop.click('Sign out');
  await sees();
});

test('called again at once, all devices ring again', async (t) => {
  const { alice, phone, laptop } = await aliceAndBobAtTwo(t);
  await ringAll(alice, phone, laptop);
  await answeredAt(phone, alice, laptop);
  // Before the phone can have acknowledged the end of the first call.
  await alice.page.evaluate(() => {
    const provider = document.querySelector('rtc-provider')!;
    provider.session!.mediaCall!.hangUp();
    provider.call('bob');
  });
  await Promise.all([phone.sees(RING), laptop.sees(RING)]);
  await answeredAt(laptop, alice, phone);
});

test('a call to a chat partner rings at the device with the chat', async (t) => {
  const { alice, phone, laptop } = await aliceAndBobAtTwo(t, 'blocks.html');
  await alice.within('rtc-text-chat').call('bob');
  for (const device of [phone, laptop]) await device.sees('alice would like to chat');
  await phone.click('Accept');
  await laptop.misses('alice would like to chat');
  await alice.type('Message', 'hello\n');
  await phone.sees('alice: hello');
  await alice.call('bob');
  await phone.sees(RING);
  await phone.click('Accept');
  await Promise.all([watches(alice, 'bob'), watches(phone, 'alice')]);
  // Whatever rang there, rang before this: the chat alone.
  const rings = await laptop.page.evaluate(
    () => inPage.heard.filter(({ type }) => type === 'rtc-call-incoming').length,
  );
  assert.equal(rings, 1);
});
test('a chat goes on when the same person calls from another device', async (t) => {
  const { alice, phone, laptop } = await aliceAndBobAtTwo(t, 'blocks.html');
  await alice.within('rtc-text-chat').call('bob');
  for (const device of [phone, laptop]) await device.sees('alice would like to chat');
  await phone.click('Accept');
  await alice.type('Message', 'hello\n');
  await phone.sees('alice: hello');
  await laptop.within('rtc-video-call').call('alice');
  await alice.sees('bob is calling: video call');
  await alice.click('Accept');
  await Promise.all([watches(alice, 'carol', 'bob'), watches(laptop, 'alice')]);
});
