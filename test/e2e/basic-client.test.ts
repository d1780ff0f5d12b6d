import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { bundle } from '../helpers/e2e/bundle.js';
import { arrive, inCall, join } from '../helpers/e2e/call.js';
import { seeAndHearEachOther } from '../helpers/e2e/media.js';
import { kitPage, startSiteOf } from '../helpers/e2e/site.js';

test('a basic client calls a kit page; either hangs up', async (t) => {
  const { alice, bob } = await courseAndKit(t);
  for (const ends of ['course', 'kit']) {
    await alice.type('Callee', 'bob');
    await alice.click('Offer');
    await bob.sees('alice is calling: video call');
    await bob.click('Accept');
    await inCall(bob, 'alice');
    await seeAndHearEachOther(alice, bob);
    await (ends === 'kit' ? bob.click('Hang up') : alice.click('Leave'));
    await bob.sees('The call with alice has ended.');
    await alice.sees('Left');
    assert.equal(await bob.page.evaluate(() => inPage.capturing()), false);
    await alice.click('Empty');
  }
});

test('a kit page calls a basic client; either hangs up', async (t) => {
  const { alice, bob } = await courseAndKit(t);
  for (const ends of ['course', 'kit']) {
    await bob.call('alice');
    await inCall(bob, 'alice');
    await seeAndHearEachOther(alice, bob);
    await (ends === 'kit' ? bob.click('Hang up') : alice.click('Leave'));
    await bob.sees('The call with alice has ended.');
    await alice.sees('Left');
  }
});

test('a kit page declines a basic client', async (t) => {
  const { alice, bob } = await courseAndKit(t);
  await alice.type('Callee', 'bob');
  await alice.click('Offer');
  await bob.click('Decline');
  await alice.sees('Left');
});

test('text goes both ways between a basic client and a kit page', async (t) => {
  const { alice, bob } = await courseAndKit(t, 'text&');
  await alice.type('Callee', 'bob');
  await alice.click('Offer');
  await bob.sees('alice would like to chat');
  await bob.click('Accept');
  await bob.type('Message', 'from the kit\n');
  await alice.sees('bob: from the kit');
  await alice.click('Send');
  await bob.sees('alice: from alice');
  await bob.click('Hang up');
  await alice.sees('Left');

  await bob.call('alice');
  await inCall(bob, 'alice');
  await bob.type('Message', 'once more\n');
  await alice.sees('bob: once more');
  await alice.click('Send');
  await bob.until('a second line', async () => {
    const log = await bob.find('log', 'Messages');
    return (await log.evaluate(({ textContent }) => textContent!.split('from alice').length)) > 2;
  });
  assert.equal(await bob.reads('Not sent.'), false);
});

/** Alice with a basic client, Bob at a kit page. */
async function courseAndKit(t: TestContext, query = '') {
  const site = await startSiteOf(t, {
    'course.js': await bundle('basic-client.ts'),
    'course.html': `<!doctype html>
      <title>Course</title>
      <p></p>
      <form>
        <label>Callee <input /></label>
        <button>Offer</button>
        <button type="reset">Empty</button>
      </form>
      <button id="send">Send</button>
      <button id="leave">Leave</button>
      <video autoplay playsinline></video>
      <script src="course.js"></script>`,
    'kit.html': kitPage(`
      <rtc-provider>
        <rtc-login></rtc-login>
        ${query ? '<rtc-text-chat></rtc-text-chat>' : '<rtc-video-call></rtc-video-call>'}
      </rtc-provider>`),
  });
  const [alice, bob] = await Promise.all([
    arrive(t, site, `course.html?${query}name=alice`, 'alice'),
    join(t, site, 'kit.html', 'bob'),
  ]);
  await alice.sees('Logged in');
  return { alice, bob };
}
