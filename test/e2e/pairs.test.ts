import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { inCall, join } from '../helpers/e2e/call.js';
import { firefoxPath, startFirefox } from '../helpers/e2e/firefox.js';
import { isShownMore, packetsPass, received, watches } from '../helpers/e2e/media.js';
import { Person, type Name } from '../helpers/e2e/person.js';
import { kitPage, startSite, startSiteOf } from '../helpers/e2e/site.js';

const missing = 'NOT TRIED: pairs with Firefox (install firefox-esr, or set FIREFOX_PATH)';

type Kind = 'Chromium' | 'Firefox';

/** The people by browser, as caller and as callee. */
const people = {
  Chromium: ['alice', 'bob'],
  Firefox: ['dave', 'erin'],
} as const satisfies Record<Kind, [Name, Name]>;

const page = kitPage(`
  <rtc-provider>
    <rtc-login></rtc-login>
    <rtc-video-call silent></rtc-video-call>
    <rtc-text-chat silent></rtc-text-chat>
  </rtc-provider>`);

interface Pair {
  caller: Person;
  callee: Person;
  restartServer(): Promise<void>;
}

/** The tasks of every pair, in the order of a call. */
const cells: [string, (pair: Pair) => Promise<void>][] = [
  [
    'call',
    async ({ caller, callee }) => {
      await caller.within('rtc-video-call').call(callee.name);
      await callee.sees(`${caller.name} is calling: video call`);
    },
  ],
  [
    'accept',
    async ({ caller, callee }) => {
      await callee.click('Accept');
      await Promise.all([inCall(caller, callee.name), inCall(callee, caller.name)]);
      await bothWatch(caller, callee);
      await Promise.all([packetsPass(caller, 10), packetsPass(callee, 10)]);
    },
  ],
  [
    'mute',
    async ({ caller, callee }) => {
      await caller.click('Microphone');
      await callee.sees('Microphone off');
      await caller.click('Microphone');
      await callee.misses('Microphone off');
    },
  ],
  [
    'camera off and on',
    async ({ caller, callee }) => {
      await callee.click('Camera');
      await caller.sees('Camera off');
      await callee.click('Camera');
      await watches(caller, callee.name);
    },
  ],
  [
    'track replaced',
    async ({ caller, callee }) => {
      // As for a screen: another source, of another size.
      await caller.page.evaluate(() => {
        const { transport } = document.querySelector('rtc-provider')!.session!.mediaCall!;
        transport!.setTracks({ camera: inPage.otherSource(400, 300) });
      });
      await callee.until('a picture of the other size', () =>
        callee.page.evaluate(
          (name) => inPage.videoOf(name)?.videoWidth === 400,
          caller.name as string,
        ),
      );
      await isShownMore(callee, caller.name);
    },
  ],
  [
    'chat',
    async ({ caller, callee }) => {
      await caller.type('Message', 'hello\n');
      await callee.sees(`${caller.name}: hello`);
      await callee.type('Message', 'and hello\n');
      await caller.sees(`${callee.name}: and hello`);
    },
  ],
  [
    'signaling lost',
    async ({ caller, callee, restartServer }) => {
      await restartServer();
      await Promise.all([
        caller.sees(`Signed in as ${caller.name}`),
        callee.sees(`Signed in as ${callee.name}`),
      ]);
      await bothGoOn(caller, callee);
      assert.equal(await caller.reads(`Connected with ${callee.name}`), true);
    },
  ],
  [
    'ICE restart',
    async ({ caller, callee }) => {
      const both = [caller, callee];
      const before = await Promise.all(both.map(fragment));
      // As when the network is back: whichever side is the right one begins.
      for (const { page } of both) await page.evaluate(() => dispatchEvent(new Event('online')));
      for (const [index, person] of both.entries()) {
        await person.until('new ICE credentials', async () => {
          const now = await fragment(person);
          return now && now !== before[index];
        });
      }
      await bothGoOn(caller, callee);
      await caller.type('Message', 'still there\n');
      await callee.sees(`${caller.name}: still there`);
    },
  ],
  [
    'hang up',
    async ({ caller, callee }) => {
      await callee.click('Hang up');
      await caller.sees(`The call with ${callee.name} has ended.`);
      for (const person of [caller, callee]) {
        await person.until('closed devices', () =>
          person.page.evaluate(() => !inPage.capturing() && inPage.openConnections() === 0),
        );
      }
    },
  ],
];

/** ICE's user name; a restart makes another (RFC 8445, 9), and so does another connection. */
const fragment = ({ page }: Person) =>
  page.evaluate(() => {
    const { pc } = document.querySelector('rtc-provider')!.session!.mediaCall!.transport!;
    const stable = pc.signalingState === 'stable' && pc.connectionState === 'connected';
    return stable ? /a=ice-ufrag:(\S+)/.exec(pc.currentLocalDescription!.sdp)![1] : undefined;
  });

const bothWatch = (one: Person, other: Person) =>
  Promise.all([watches(one, other.name), watches(other, one.name)]);

/** More than what was on its way is shown at both. */
async function bothGoOn(one: Person, other: Person): Promise<void> {
  for (let time = 0; time < 10; time++) {
    await Promise.all([isShownMore(one, other.name), isShownMore(other, one.name)]);
  }
}

const kinds: Kind[] = firefoxPath ? ['Chromium', 'Firefox'] : ['Chromium'];

for (const one of kinds) {
  for (const other of kinds) {
    test(`${one} calls ${other}`, async (t) => {
      const site = await startSiteOf(t, { 'pair.html': page });
      const at = (kind: Kind, name: Name) =>
        kind === 'Chromium' ? join(t, site, 'pair.html', name) : atFirefox(t, site.url, name);
      const caller = await at(one, people[one][0]);
      const callee = await at(other, people[other][1]);
      const pair: Pair = {
        caller,
        callee,
        async restartServer() {
          await site.close();
          await Promise.all([caller.sees('Reconnecting…'), callee.sees('Reconnecting…')]);
          await startSite(t, { port: site.port });
        },
      };
      for (const [name, happens] of cells) {
        await happens(pair);
        t.diagnostic(`${one} → ${other}: ${name} ✔`);
      }
      for (const person of [caller, callee]) {
        const { frames, packets } = await received(person);
        assert.deepEqual([frames, packets], [0, 0], 'nothing arrives any more');
      }
    });
  }
}

if (!firefoxPath) test(missing, (t) => t.diagnostic(missing));

async function atFirefox(t: TestContext, url: string, name: Name): Promise<Person> {
  const person = await Person.at(t, await startFirefox(t), `${url}/pair.html`, name);
  await person.signIn();
  return person;
}
