import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aliceAndBob, connect } from '../helpers/e2e/call.js';
import { seeAndHearEachOther } from '../helpers/e2e/media.js';
import type { Person } from '../helpers/e2e/person.js';

test('blocks.html: tags with no common ancestor but body call each other', async (t) => {
  const { alice, bob } = await aliceAndBob(t, 'blocks.html');
  await connect(alice.within('rtc-video-call'), bob.within('rtc-video-call'));
  await seeAndHearEachOther(alice, bob);
  await alice.type('Message', 'hello\n');
  await bob.sees('alice: hello');
});

test('csp.html: a whole call under a strict policy, with nothing in the console', async (t) => {
  const { alice, bob } = await aliceAndBob(t, 'csp.html');
  const people = [alice, bob];
  const policy = await alice.page.evaluate(async () => {
    const { headers } = await fetch(location.href);
    return headers.get('content-security-policy');
  });
  const strict = "default-src 'self'; require-trusted-types-for 'script'";
  assert.equal(policy, `${strict}; frame-ancestors 'self'`);
  await connect(alice.within('rtc-video-call'), bob.within('rtc-video-call'));
  await seeAndHearEachOther(alice, bob);
  await alice.type('Message', 'hello\n');
  await bob.sees('alice: hello');
  await bob.click('Hang up');
  await alice.sees('The call with bob has ended.');
  for (const person of people) {
    assert.deepEqual(person.console, []);
    assert.deepEqual(await violations(person), []);
  }

  // The same means see a violation.
  await alice.page.evaluate(() => {
    const image = new Image();
    image.src = 'https://elsewhere.invalid/x.png';
    document.body.append(image);
  });
  await alice.until('a violation', async () => (await violations(alice)).length > 0);
  await alice.until('words of it', () => alice.console.length > 0);
});

const violations = ({ page }: Person) =>
  page.evaluate(() => inPage.heard.filter(({ type }) => type === 'securitypolicyviolation'));
