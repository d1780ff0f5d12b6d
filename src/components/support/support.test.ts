import { expect, fixture, html } from '@open-wc/testing';
import { expectAccessible } from '../../../test/helpers/browser/accessible.js';
import { button, byRole, queryAll, rendered, textOf } from '../../../test/helpers/browser/dom.js';
import { gesture } from '../../../test/helpers/browser/gesture.js';
import { testsOfLooks } from '../../../test/helpers/browser/looks.js';
import { inPage } from '../../../test/helpers/browser/people.js';
import { shown } from '../../../test/helpers/browser/shadow-change.js';
import type { RtcSupport } from './support.js';
import '../../define/support.js';

const set = async (settings: object = {}) => {
  // Before, the synthetic microphone gives nothing.
  await gesture();
  const alice = await inPage('Alice', html`<rtc-support></rtc-support>`, { signIn: false });
  const tag = alice.tag('rtc-support');
  Object.assign(tag, settings);
  await rendered(tag);
  return { alice, tag };
};

/** Reads the results of the check, by the names of their rows. */
const found = (tag: RtcSupport) =>
  Object.fromEntries(
    queryAll(tag, '[part="check"] tr').map((row) => [
      row.querySelector('th')!.textContent.trim(),
      row.querySelector('.tag')!.textContent.trim(),
    ]),
  );

const verdict = (tag: RtcSupport) => textOf(byRole(tag, 'status', ''));

describe('rtc-support', () => {
  it('shows the features of browser and page, devices and codecs', async () => {
    const tag = await fixture<RtcSupport>(html`<rtc-support></rtc-support>`);
    await rendered(tag);
    const features = queryAll(tag, '[part="features"] tr').map(textOf);
    expect(features).to.include.members([
      'Secure page Yes',
      'Camera and microphone Yes',
      'Calls (RTCPeerConnection) Yes',
      'Data channels Yes',
    ]);
    const codecs = byRole(tag, 'table', 'Codecs that it can receive');
    expect(textOf(codecs)).to.match(/Sound .*opus.* Picture .*VP8/);
    await expectAccessible(tag);
  });

  it('tells a browser that cannot call so, in words', async () => {
    const { mediaDevices } = navigator;
    Object.defineProperty(navigator, 'mediaDevices', { configurable: true, value: undefined });
    try {
      const tag = await fixture<RtcSupport>(html`<rtc-support></rtc-support>`);
      await rendered(tag);
      expect(verdict(tag)).to.match(/^This browser or page cannot make calls\. /);
      expect(textOf(tag)).to.contain('Camera and microphone No This browser, or this page, gives');
      await expectAccessible(tag);
    } finally {
      Object.defineProperty(navigator, 'mediaDevices', { configurable: true, value: mediaDevices });
    }
  });

  it('calls itself, and says that it works', async () => {
    const { alice, tag } = await set();
    button(tag, 'Check the connection').click();
    await rendered(tag);
    expect(button(tag, 'Checking…').ariaDisabled).to.equal('true');
    await expectAccessible(tag);
    await checked(tag);
    expect(found(tag)).to.deep.equal({
      'This device (host)': 'Yes',
      'From outside (server-reflexive)': 'Not tried',
      'By a relay (TURN)': 'Not tried',
      'A call with itself connects': 'Yes',
      'Text arrives': 'Yes',
      'Sound arrives': 'Yes',
      'A picture arrives': 'Yes',
    });
    expect(verdict(tag)).to.match(/^You can call from here\. /);
    expect(alice.devices.live, 'lights that are on').to.deep.equal([]);
    await expectAccessible(tag);
  });

  it('goes on without a device that is refused, and says so', async () => {
    const { alice, tag } = await set();
    alice.devices.refuse = { video: 'NotReadableError' };
    button(tag, 'Check the connection').click();
    await checked(tag);
    expect(found(tag)).to.include({ 'Sound arrives': 'Yes', 'A picture arrives': 'Not there' });
    expect(verdict(tag)).to.contain('others will not see or hear all of you');
    expect(verdict(tag)).to.contain('Camera or microphone is in use');
    await expectAccessible(tag);
  });

  it('says that a relay which was given does not answer', async () => {
    const iceServers = JSON.stringify([
      { urls: 'turn:127.0.0.1:9', username: 'x', credential: 'x' },
    ]);
    const { tag } = await set({ iceServers, options: { gathering: 500 } });
    button(tag, 'Check the connection').click();
    await checked(tag);
    expect(found(tag)).to.include({ 'By a relay (TURN)': 'No' });
    expect(verdict(tag)).to.match(/^The relay does not answer/);
  });

  it('says that a list of servers is none', async () => {
    for (const iceServers of ['{', '[{"urls":"nonsense"}]', '{}']) {
      const { tag } = await set({ iceServers });
      button(tag, 'Check the connection').click();
      await rendered(tag);
      expect(verdict(tag), iceServers).to.match(/^The list of STUN and TURN servers/);
    }
  });

  it('finds a browser blocked that connects with nobody', async () => {
    const { tag } = await set({ options: { calling: 300 } });
    const real = RTCPeerConnection.prototype.addIceCandidate;
    const drop = async () => {};
    RTCPeerConnection.prototype.addIceCandidate = drop;
    try {
      button(tag, 'Check the connection').click();
      await checked(tag);
    } finally {
      RTCPeerConnection.prototype.addIceCandidate = real;
    }
    expect(found(tag)).to.include({ 'A call with itself connects': 'No' });
    expect(verdict(tag)).to.match(/^This browser cannot connect even with itself\. /);
    await expectAccessible(tag);
  });

  it('speaks German where the page does', async () => {
    const root = await fixture(html`<div lang="de"><rtc-support></rtc-support></div>`);
    const tag = root.querySelector('rtc-support')!;
    await shown(tag, () => textOf(tag).startsWith('Sucht Wege'));
    expect(textOf(tag)).to.contain('Sichere Seite Ja');
  });

  testsOfLooks(async () => {
    const { tag } = await set();
    void tag.check();
    await checked(tag);
    return tag;
  });
});

/** Waits until a check is over. */
const checked = (tag: RtcSupport) => shown(tag, () => verdict(tag));
