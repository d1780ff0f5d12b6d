import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { arrive } from '../helpers/e2e/call.js';
import type { Person } from '../helpers/e2e/person.js';
import { kitPage, startSiteOf } from '../helpers/e2e/site.js';

const chatPage = (peer: string) =>
  kitPage(`
    <rtc-provider>
      <rtc-login></rtc-login>
      <rtc-text-chat peer="${peer}"></rtc-text-chat>
    </rtc-provider>`);

async function aliceAndBob(t: TestContext) {
  const site = await startSiteOf(t, {
    'alice.html': chatPage('bob'),
    'bob.html': chatPage('alice'),
  });
  const [alice, bob] = await Promise.all([
    arrive(t, site, 'alice.html', 'alice'),
    arrive(t, site, 'bob.html', 'bob'),
  ]);
  return { alice, bob };
}

/** The middle of a button, for a mouse that presses there whatever is there by then. */
async function middleOf(person: Person, name: string): Promise<[number, number]> {
  const box = await (await person.find('button', name)).boundingBox();
  assert.ok(box);
  return [box.x + box.width / 2, box.y + box.height / 2];
}

test('a double click on Call calls', async (t) => {
  const { alice, bob } = await aliceAndBob(t);
  await Promise.all([alice.signIn(), bob.signIn()]);
  await alice.page.mouse.click(...(await middleOf(alice, 'Call')), { count: 2 });
  await bob.sees('alice would like to chat');
  assert.equal(await alice.has('button', 'Hang up'), true);
  await bob.click('Accept');
  await alice.find('textbox', 'Message');
});

test('Hang up pressed as the other has just hung up asks for nothing', async (t) => {
  const { alice, bob } = await aliceAndBob(t);
  await Promise.all([alice.signIn(), bob.signIn()]);
  await alice.click('Call');
  await bob.click('Accept');
  await Promise.all([alice, bob].map((each) => each.find('textbox', 'Message')));
  const place = await middleOf(alice, 'Hang up');
  await alice.page.mouse.move(...place);
  await bob.click('Hang up');
  await alice.find('button', 'Call');
  await alice.page.mouse.click(...place);
  assert.equal(await alice.has('button', 'Call'), true);
  // A moment later, the button is what it says.
  await alice.until('Call to be pressed', async () => {
    if (await alice.has('button', 'Call')) await alice.page.mouse.click(...place);
    return alice.has('button', 'Hang up');
  });
  await bob.sees('alice would like to chat');
});

test('Enter pressed twice at sign-in signs in', async (t) => {
  const { alice } = await aliceAndBob(t);
  await alice.type('Username', 'alice\n');
  await alice.find('button', 'Sign out');
  await alice.page.keyboard.press('Enter');
  await alice.sees('Signed in as alice');
  assert.equal(await alice.has('textbox', 'Username'), false);
  await alice.looks();
  await alice.page.keyboard.press('Enter');
  await alice.find('textbox', 'Username');
});
