import { test, type TestContext } from 'node:test';
import { connect, join } from '../helpers/e2e/call.js';
import { firefoxPath, startFirefox } from '../helpers/e2e/firefox.js';
import { decodesMore, received, watches } from '../helpers/e2e/media.js';
import { Person } from '../helpers/e2e/person.js';
import { kitPage, startSiteOf } from '../helpers/e2e/site.js';

const missing = 'NOT TRIED: Chromium with Firefox (install firefox-esr, or set FIREFOX_PATH)';

if (firefoxPath) {
  test('Chromium and Firefox call each other, either way', async (t) => {
    const { alice, dave } = await chromiumAndFirefox(t);
    await connect(alice, dave);
    await flows(alice, dave);
    await alice.click('Hang up');
    await dave.sees('The call with alice has ended.');
    await connect(dave, alice);
    await flows(alice, dave);
    await dave.click('Hang up');
    await alice.sees('The call with dave has ended.');
  });
} else {
  test(missing, (t) => t.diagnostic(missing));
}

async function flows(alice: Person, dave: Person): Promise<void> {
  await Promise.all([watches(alice, 'dave'), watches(dave, 'alice')]);
  for (const person of [alice, dave]) {
    await decodesMore(person);
    await person.until('sound', async () => (await received(person)).packets > 0);
  }
  await dave.click('Camera');
  await alice.sees('Camera off');
  await dave.click('Camera');
  await watches(alice, 'dave');
}

async function chromiumAndFirefox(t: TestContext) {
  const site = await startSiteOf(t, {
    // Silent: a Firefox with no sound device to ring on may stop for good.
    'silent.html': kitPage(`
      <rtc-provider>
        <rtc-login></rtc-login>
        <rtc-video-call silent></rtc-video-call>
      </rtc-provider>`),
  });
  const [alice, dave] = await Promise.all([
    join(t, site, 'silent.html', 'alice'),
    startFirefox(t).then((browser) => Person.at(t, browser, `${site.url}/silent.html`, 'dave')),
  ]);
  await dave.signIn();
  return { alice, dave };
}
