import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { Coturn } from '../helpers/coturn.js';
import { chromiumOf } from '../helpers/e2e/chromium.js';
import { firefoxPath, startFirefox } from '../helpers/e2e/firefox.js';
import { Person, type Name } from '../helpers/e2e/person.js';
import { hasCoturn } from '../helpers/e2e/network.js';
import { kitPage, startSite, startSiteOf } from '../helpers/e2e/site.js';

const missing = 'NOT TRIED: the pages to learn from in Firefox (install firefox-esr)';
const noRelay = !hasCoturn && 'NOT TRIED: the check of a relay (install coturn)';

/** The person at each browser. Firefox has no sound device here and makes its own tone. */
const browsers: [string, Name][] = [['Chromium', 'alice']];
if (firefoxPath) browsers.push(['Firefox', 'dave']);
else test(missing, (t) => t.diagnostic(missing));

async function at(t: TestContext, name: Name, path: string, url?: string): Promise<Person> {
  const site = url ?? (await startSite(t)).url;
  const browser =
    name === 'dave' || name === 'erin' ? await startFirefox(t) : await chromiumOf(name);
  return Person.at(t, browser, new URL(path, `${site}/learn/`).href, name);
}

/** The text of a tag, as one line. */
const textOf = ({ page }: Person, tag: string) =>
  page.evaluate((selector) => {
    const root = document.querySelector(selector)?.shadowRoot;
    const parts = [...(root?.querySelectorAll('*') ?? [])].flatMap((element) =>
      element.checkVisibility()
        ? [...element.childNodes].map((node) => (node instanceof Text ? node.data : ''))
        : [],
    );
    return parts.join(' ').replace(/\s+/g, ' ');
  }, tag);

/** Waits until a tag says something. */
const says = (person: Person, tag: string, pattern: RegExp) =>
  person.until(`${tag} that says ${pattern}`, async () => pattern.test(await textOf(person, tag)));

for (const [browser, name] of browsers) {
  test(`${browser}: protocols, step by step, to a text that arrives`, async (t) => {
    const person = await at(t, name, 'protocols.html');
    const tag = 'rtc-peer-explorer';
    const steps = [
      'Next: new RTCPeerConnection()',
      'Next: addTrack(), createDataChannel()',
      'Next: A.createOffer()',
      'Next: A.setLocalDescription(offer)',
      'Next: B.setRemoteDescription(offer)',
      'Next: B.createAnswer()',
      'Next: B.setLocalDescription(answer)',
      'Next: A.setRemoteDescription(answer)',
      'Next: addIceCandidate()',
    ];
    for (const step of steps) {
      await person.sees(step);
      await person.click('Next step');
    }
    await person.sees('All steps are taken. Either button begins anew.');
    await says(person, tag, /The pair that won: host .* (host|prflx)/);
    await says(person, tag, /States A .*connectionState connected/);
    await person.type('Text', 'over the channel\n');
    await person.sees('B “data”: over the channel');
    await person.click('A “data” Send 256 KiB');
    await person.sees('B “data”: 16384 bytes');
    await person.click('getStats()');
    await says(person, tag, /A\.getStats\(\) .*candidate-pair: \d/);
    await person.click('getConfiguration()');
    await says(person, tag, /"iceTransportPolicy": "all"/);
    await person.click('setConfiguration()');
    await says(person, tag, /A\.setConfiguration\(\) Done/);
    await person.click('restartIce()');
    await says(person, tag, /A\.restartIce\(\) Done/);
    await person.click('close()');
    await says(person, tag, /States B .*connectionState closed/);
    await person.click('Establish connection');
    await says(person, tag, /States B .*connectionState connected/);
    assert.deepEqual(person.console, []);
  });

  test(`${browser}: camera and microphone, each method`, async (t) => {
    const person = await at(t, name, 'media.html');
    const tag = 'rtc-media-explorer';
    await person.click('getUserMedia()');
    for (const track of ['Audio', 'Video']) {
      await says(person, tag, new RegExp(`${track} track id .* readyState live`));
    }
    for (const [method, says_] of [
      ['getTracks()', /getTracks\(\) \[2\] (audio|video) .* (audio|video) /],
      ['getAudioTracks()', /getAudioTracks\(\) \[1\] audio /],
      ['getVideoTracks()', /getVideoTracks\(\) \[1\] video /],
      ['getTrackById()', /getTrackById\(\) \S+ \[1\] /],
      ['removeTrack() audio', /removeTrack\(\) audio \[1\] audio .*live/],
      ['removeTrack() video', /removeTrack\(\) video \[1\] video .*live/],
      ['addTrack()', /addTrack\(\) \[1\] video /],
      ['clone()', /clone\(\) \S+ \[1\] video /],
      ['Stop the clone', /Stop the clone Done/],
      // The camera that the test makes up is a canvas: in Firefox it takes no size.
      [
        'Mobile: at most 480×320',
        browser === 'Firefox' ? /OverconstrainedError/ : /Really delivered: \d+×\d+/,
      ],
      ['Stop all tracks', /Stop all tracks Done/],
    ] as const) {
      await person.click(method);
      await says(person, tag, says_);
    }
    assert.equal(await person.page.evaluate(() => inPage.capturing()), false);
    assert.deepEqual(person.console, []);
  });

  test(`${browser}: the check before a call`, async (t) => {
    const person = await at(t, name, 'support.html');
    await says(person, 'rtc-support', /Secure page Yes Camera and microphone Yes/);
    await person.click('Check the connection');
    await person.until('a verdict', () => person.reads('Check the connection'));
    await says(
      person,
      'rtc-support',
      /You can call from here\..*Text arrives Yes Sound arrives Yes A picture arrives Yes/,
    );
    assert.deepEqual(person.console, []);
  });

  test(`${browser}: with another person, at once`, async (t) => {
    const { url } = await startSite(t);
    const other: Name = name === 'dave' ? 'erin' : 'bob';
    const caller = await at(t, name, 'connection.html', url);
    const callee = await at(t, other, 'connection.html', url);
    for (const person of [caller, callee]) await person.signIn();
    await caller.type('Username to call', other);
    await caller.click('Establish connection');
    await callee.click('Accept');
    for (const person of [caller, callee]) {
      await says(person, 'rtc-peer-explorer', /connectionState connected/);
      await says(person, 'rtc-peer-explorer', /The pair that won:/);
    }
    await caller.click('close()');
    await callee.sees(`The chat with ${name} has ended.`);
    assert.deepEqual([...caller.console, ...callee.console], []);
  });

  test(`${browser}: step by step with another person, to a text that arrives`, async (t) => {
    const { url } = await startSite(t);
    const other: Name = name === 'dave' ? 'erin' : 'bob';
    const caller = await at(t, name, 'connection.html', url);
    const callee = await at(t, other, 'connection.html', url);
    for (const person of [caller, callee]) await person.signIn();
    const step = async (person: Person, next: string) => {
      await person.sees(`Next: ${next}`);
      const button = await person.find('button', 'Next step');
      await person.until('its turn', () => button.evaluate((one) => one.ariaDisabled === 'false'));
      await person.click('Next step');
    };
    await caller.type('Username to call', other);
    await step(caller, 'createOffer()');
    await says(caller, 'rtc-peer-explorer', /has to accept first\. .* you have 300 seconds/);
    if (browser === 'Firefox') {
      // It does not wait long for what the partner steps through.
      await caller.click('Establish connection');
      await callee.click('Accept');
    } else {
      await step(callee, 'setRemoteDescription(offer)');
      await step(callee, 'setLocalDescription(answer)');
      await step(caller, 'setLocalDescription(offer)');
      await step(caller, 'setRemoteDescription(answer)');
      await step(caller, 'addIceCandidate()');
      await step(callee, 'addIceCandidate()');
    }
    await caller.sees('All steps are taken.');
    for (const person of [caller, callee]) {
      await says(person, 'rtc-peer-explorer', /connectionState connected/);
    }
    await caller.click('New data channel', 'summary');
    await caller.click('createDataChannel()');
    await caller.type('Text', 'after all steps\n');
    await callee.sees('“data”: after all steps');
    for (const person of [caller, callee]) assert.deepEqual(person.console, []);
  });

  test(`${browser}: the inspector in a call`, async (t) => {
    const { url } = await startSite(t);
    const other: Name = name === 'dave' ? 'erin' : 'bob';
    const caller = await at(t, name, 'signaling.html', url);
    const callee = await at(t, other, 'signaling.html', url);
    for (const person of [caller, callee]) await person.signIn();
    await caller.within('rtc-video-call').call(other);
    await callee.within('rtc-video-call').click('Accept');
    await says(caller, 'rtc-inspector', /The pair that won:/);
    await says(caller, 'rtc-inspector', /Sent [\d.,]+ kbit\/s Received [\d.,]+ kbit\/s/);
    await says(caller, 'rtc-inspector', /Frame rate [\d.,]+\/s/);
    await says(callee, 'rtc-inspector', new RegExp(`Connection with ${name}`));
    await caller.within('rtc-inspector').click('Copy report');
    await says(caller, 'rtc-inspector', /Copied\.|select and copy it here/);
    for (const person of [caller, callee]) assert.deepEqual(person.console, []);
  });
}

// In Chromium only: Firefox asks no relay on its own machine.
test('the check finds a relay, and explains a faulty relay', async (t) => {
  if (noRelay) return t.skip(noRelay);
  const relay = await Coturn.start('lt-cred-mech\nrealm=example.org\nuser=alice:right\n');
  t.after(() => relay.stop());
  const page = (credential: string) => {
    const urls = `turn:127.0.0.1:${relay.port}`;
    const servers = JSON.stringify([{ urls, username: 'alice', credential }]);
    return kitPage(`<rtc-support ice-servers='${servers}'></rtc-support>`);
  };
  const { url } = await startSiteOf(t, {
    'right.html': page('right'),
    'wrong.html': page('wrong'),
  });
  const person = await at(t, 'alice', '/right.html', url);
  await person.click('Check the connection');
  await says(person, 'rtc-support', /All is well: .* By a relay \(TURN\) Yes A TURN server/);
  await person.page.goto(`${url}/wrong.html`);
  await person.click('Check the connection');
  await says(person, 'rtc-support', /name and password.* By a relay \(TURN\) No /);
});
