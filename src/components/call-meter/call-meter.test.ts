import { expect, html } from '@open-wc/testing';
import { expectAccessible } from '../../../test/helpers/browser/accessible.js';
import { allByRole, byRole, rendered, textOf } from '../../../test/helpers/browser/dom.js';
import { gesture } from '../../../test/helpers/browser/gesture.js';
import { testsOfLooks } from '../../../test/helpers/browser/looks.js';
import {
  elsewhere,
  ended,
  inPage,
  ring,
  talk,
  type Resident,
} from '../../../test/helpers/browser/people.js';
import { shown } from '../../../test/helpers/browser/shadow-change.js';
import type { RtcCallMeter } from './call-meter.js';
import '../../define/call-meter.js';
import '../../define/stream.js';

const meter = (tag: RtcCallMeter) => byRole(tag, 'meter', 'Loudness');
const loudness = (tag: RtcCallMeter) => Number(meter(tag).getAttribute('aria-valuenow'));
const duration = (tag: RtcCallMeter) => byRole(tag, 'timer', 'Duration').textContent.trim();

async function setUp(): Promise<[Resident, RtcCallMeter]> {
  const alice = await inPage('Alice', html`<rtc-call-meter></rtc-call-meter>`);
  return [alice, alice.tag('rtc-call-meter')];
}

async function inCall() {
  const [alice, tag] = await setUp();
  const bob = await elsewhere('Bob', { server: alice.server });
  const [call, theirs] = await talk(alice, bob, 'voice');
  await rendered(tag);
  return { alice, bob, call, theirs, tag };
}

describe('rtc-call-meter', () => {
  it('shows nothing without a call, or before it is connected', async () => {
    const [alice, tag] = await setUp();
    await rendered(tag);
    expect(textOf(tag)).to.equal('');
    const bob = await elsewhere('Bob', { server: alice.server });
    await ring(alice, bob, 'voice');
    await rendered(tag);
    expect(textOf(tag)).to.equal('');
    await expectAccessible(tag);
  });

  it('begins at nothing, with names for both figures', async () => {
    const { tag } = await inCall();
    expect(duration(tag)).to.match(/^00:0\d$/);
    expect(meter(tag)).to.include({ ariaValueMin: '0', ariaValueMax: '100' });
    await expectAccessible(tag);
  });

  it('counts minutes and seconds from the connection on', async () => {
    const { call, tag } = await inCall();
    const now = performance.now.bind(performance);
    try {
      // The clock is a given of this test, not the time that the test takes.
      performance.now = () => call.state.since! + 754_000 - performance.timeOrigin;
      await shown(tag, () => duration(tag) === '12:34');
    } finally {
      performance.now = now;
    }
  });

  it('follows how loud the other person is', async () => {
    await gesture();
    const alice = await inPage(
      'Alice',
      html`<rtc-call-meter></rtc-call-meter><rtc-stream></rtc-stream>`,
    );
    const tag = alice.tag('rtc-call-meter');
    const bob = await elsewhere('Bob', { server: alice.server });
    const [, theirs] = await talk(alice, bob, 'voice');
    await rendered(tag);
    await shown(tag, () => loudness(tag) > 5);
    const width = parseFloat(getComputedStyle(meter(tag), '::before').inlineSize);
    expect(width).to.be.greaterThan(0);
    await theirs.setMicrophone(false);
    await shown(tag, () => loudness(tag) === 0);
    expect(getComputedStyle(meter(tag), '::before').inlineSize).to.equal('0px');
  });

  it('is gone with the call, and begins anew with the next', async () => {
    const { alice, bob, call, theirs, tag } = await inCall();
    const now = performance.now.bind(performance);
    try {
      performance.now = () => call.state.since! + 754_000 - performance.timeOrigin;
      await shown(tag, () => duration(tag) === '12:34');
    } finally {
      performance.now = now;
    }
    call.hangUp();
    await Promise.all([call, theirs].map(ended));
    await rendered(tag);
    expect(allByRole(tag, 'timer')).to.deep.equal([]);
    await talk(alice, bob, 'voice');
    await rendered(tag);
    expect(duration(tag)).to.match(/^00:0\d$/);
  });

  it('stays silent for screen readers as it counts', async () => {
    const { tag } = await inCall();
    for (const element of tag.shadowRoot!.querySelectorAll('*')) {
      expect(element.ariaLive).to.be.oneOf([null, 'off']);
      expect(element.role).not.to.be.oneOf(['status', 'alert', 'log']);
    }
  });

  testsOfLooks(async () => (await inCall()).tag);
});
