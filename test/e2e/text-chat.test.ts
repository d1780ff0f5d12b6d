import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aliceAndBob, connect, inCall, ring } from '../helpers/e2e/call.js';
import type { Person } from '../helpers/e2e/person.js';
import { startSite } from '../helpers/e2e/site.js';

test('a chat is asked for and accepted; lines go both ways', async (t) => {
  const { alice, bob } = await aliceAndBob(t, 'text.html');
  await talk(alice, bob);
  await alice.type('Message', 'hello\n');
  await bob.sees('alice: hello');
  await bob.type('Message', 'hello yourself');
  await bob.click('Send');
  await alice.sees('bob: hello yourself');
  const both = ['alice: hello', 'bob: hello yourself'];
  assert.deepEqual(await lines(alice), both);
  assert.deepEqual(await lines(bob), both);
  assert.equal(await alice.page.evaluate(() => inPage.capturing()), false);
});

test('a chat is declined', async (t) => {
  const { alice, bob } = await aliceAndBob(t, 'text.html');
  await ring(alice, bob, 'chat');
  await bob.click('Decline');
  await alice.sees('bob declined.');
});

test('Enter sends, Shift+Enter breaks the line, and HTML is text', async (t) => {
  const { alice, bob } = await aliceAndBob(t, 'text.html');
  await talk(alice, bob);
  await alice.type('Message', 'one');
  await alice.page.keyboard.down('Shift');
  await alice.page.keyboard.press('Enter');
  await alice.page.keyboard.up('Shift');
  await alice.page.keyboard.type('two\n');
  await bob.sees('alice: one two');
  assert.deepEqual(await lines(bob), ['alice: one\ntwo']);

  const markup = '<img src=x onerror="document.title=1"><b>bold</b>';
  await alice.type('Message', `${markup}\n`);
  await bob.sees(`alice: ${markup}`);
  assert.equal(await bob.page.title(), 'Text chat · rtc-widgets');
  assert.equal(await bob.has('img', ''), false);
});

test('a message that could not be sent is kept, and can be sent again', async (t) => {
  const { alice, bob } = await aliceAndBob(t, 'text.html');
  await talk(alice, bob);
  await bob.click('Hang up');
  await alice.sees('The chat with bob has ended.');
  await alice.type('Message', 'are you there?\n');
  await alice.sees('Not sent.');
  assert.deepEqual(await lines(bob), []);
  await talk(alice, bob);
  await alice.click('Send again');
  await bob.sees('alice: are you there?');
  await alice.misses('Not sent.');
});

test('a message to a partner who has gone does not count as sent', async (t) => {
  const site = await startSite(t, { hub: { pageGone: 500 } });
  const { alice, bob } = await aliceAndBob(t, 'text.html', site);
  await talk(alice, bob);
  await bob.page.close();
  await alice.type('Message', 'too late\n');
  await alice.sees('Not sent.');
  assert.ok((await lines(alice))[0]!.startsWith('alice: too late'));
});

test('during a call, text rides on its connection unasked', async (t) => {
  const { alice, bob } = await aliceAndBob(t, 'index.html');
  const [aliceVideo, bobVideo] = [alice, bob].map((person) => person.within('rtc-video-call'));
  await connect(aliceVideo!, bobVideo!);
  await alice.type('Message', 'by the way\n');
  await bob.sees('alice: by the way');
  await bob.type('Message', 'yes?\n');
  await alice.sees('bob: yes?');
  assert.equal(await bob.reads('alice would like to chat'), false);
  assert.equal(await bob.page.evaluate(() => inPage.connectionCounts().connections), 1);
  const incoming = await bob.page.evaluate(
    () => inPage.heard.filter(({ type }) => type === 'rtc-call-incoming').length,
  );
  assert.equal(incoming, 1);
  await inCall(alice, 'bob');
});

async function talk(one: Person, other: Person): Promise<void> {
  await ring(one, other, 'chat');
  await other.click('Accept');
  await Promise.all([one, other].map((person) => person.find('log', 'Messages')));
  await Promise.all([inCall(one, other.name), inCall(other, one.name)]);
}

async function lines(person: Person): Promise<string[]> {
  const log = await person.find('log', 'Messages');
  return log.evaluate((element) =>
    [...element.children].map((line) => (line as HTMLElement).innerText.trim()),
  );
}
