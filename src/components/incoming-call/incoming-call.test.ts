import { expect, html } from '@open-wc/testing';
import { expectAccessible } from '../../../test/helpers/browser/accessible.js';
import {
  allByRole,
  button,
  focused,
  query,
  rendered,
  textOf,
} from '../../../test/helpers/browser/dom.js';
import { press } from '../../../test/helpers/browser/keyboard.js';
import { listenTo } from '../../../test/helpers/browser/live-region.js';
import { testsOfLooks } from '../../../test/helpers/browser/looks.js';
import {
  connected,
  elsewhere,
  ended,
  expectSame,
  inPage,
  ring,
  typesOf,
} from '../../../test/helpers/browser/people.js';
import { audioContextsMade, setActivation, soundsOn } from '../../../test/helpers/browser/sound.js';
import { until } from '../../../test/helpers/browser/until.js';
import type { CallKind } from '../../protocol/messages.js';
import type { RtcIncomingCall } from './incoming-call.js';
import '../../define/call-controls.js';
import '../../define/incoming-call.js';

const silent = html`<rtc-incoming-call silent kinds="video voice chat"></rtc-incoming-call>`;
const loud = html`<rtc-incoming-call></rtc-incoming-call>`;

async function setUp(content = silent, name = 'Bob') {
  const alice = await inPage('Alice', content);
  const bob = await elsewhere(name, { server: alice.server });
  const tag = alice.tag('rtc-incoming-call');
  await rendered(tag);
  return { alice, bob, tag };
}

/** Somebody calls Alice. */
async function ringing(kind: CallKind = 'video', content = silent, name?: string) {
  const { alice, bob, tag } = await setUp(content, name);
  const said = listenTo(alert(tag));
  const [theirs, mine] = await ring(bob, alice, kind);
  await rendered(tag);
  return { alice, bob, tag, said, theirs, mine };
}

const alert = (tag: RtcIncomingCall) => query(tag, '[role="alert"]');
const names = (tag: RtcIncomingCall) => allByRole(tag, 'button').map((each) => each.computedName);

describe('rtc-incoming-call', () => {
  it('shows nothing while nobody calls', async () => {
    const { tag } = await setUp();
    expect(textOf(tag)).to.equal('');
    expect(tag.hasAttribute('ringing')).to.equal(false);
    expect(tag.getBoundingClientRect().height).to.equal(0);
    await expectAccessible(tag);
  });

  for (const [kind, words] of [
    ['video', 'Bob is calling: video call'],
    ['voice', 'Bob is calling: voice call'],
    ['chat', 'Bob would like to chat'],
  ] as const) {
    it(`announces the caller and the kind once: ${kind}`, async () => {
      const { tag, said } = await ringing(kind);
      expect(said).to.deep.equal([words]);
      expect(names(tag)).to.deep.equal(['Accept', 'Decline']);
      expect(tag.hasAttribute('ringing')).to.equal(true);
      await expectAccessible(tag);
      expect(said).to.have.length(1);
    });
  }

  it('takes the call', async () => {
    const { tag, mine, theirs } = await ringing();
    button(tag, 'Accept').click();
    await Promise.all([mine, theirs].map(connected));
    await rendered(tag);
    expect(textOf(tag)).to.equal('');
    expect(tag.hasAttribute('ringing')).to.equal(false);
  });

  it('accepts once, however often Accept is pressed', async () => {
    const { alice, tag, mine } = await ringing();
    const accept = button(tag, 'Accept');
    accept.click();
    accept.click();
    await rendered(tag);
    await expectAccessible(tag);
    accept.click();
    await connected(mine);
    expect(alice.devices.asked).to.have.length(1);
    expect(typesOf(alice.events)).to.deep.equal([
      'rtc-login',
      'rtc-call-incoming',
      'rtc-call-start',
    ]);
  });

  it('declines the call', async () => {
    const { tag, theirs } = await ringing();
    button(tag, 'Decline').click();
    expect(await ended(theirs)).to.equal('declined');
    await rendered(tag);
    expect(textOf(tag)).to.equal('');
  });

  it('works with the keyboard alone', async () => {
    const { tag, theirs } = await ringing();
    await press('Tab');
    expectSame(focused(), button(tag, 'Accept'));
    await press('Tab');
    expectSame(focused(), button(tag, 'Decline'));
    await press('Enter');
    expect(await ended(theirs)).to.equal('declined');
  });

  it('does not take the focus from another element', async () => {
    await ringing();
    expectSame(focused(), document.body);
  });

  it('stops when the caller gives up', async () => {
    const { tag, theirs, mine } = await ringing();
    theirs.hangUp();
    await ended(mine);
    await rendered(tag);
    expect(textOf(tag)).to.equal('');
    await expectAccessible(tag);
  });

  it('rings the next call, too', async () => {
    const { alice, bob, tag, theirs, mine, said } = await ringing();
    theirs.hangUp();
    await ended(mine);
    await ring(bob, alice, 'voice');
    await rendered(tag);
    expect(said).to.deep.equal(['Bob is calling: video call', 'Bob is calling: voice call']);
  });

  it('accepts without asking where it is to', async () => {
    const { alice, bob } = await setUp(
      html`<rtc-incoming-call auto-accept silent></rtc-incoming-call>`,
    );
    const outgoing = bob.session.call('Alice', 'voice')!;
    await connected(outgoing);
    expect(typesOf(alice.events)).to.include('rtc-call-incoming');
    await until(alice.session, () => alice.session.mediaCall?.state.phase === 'active');
  });

  it('has the parts that it promises', async () => {
    const { tag } = await ringing();
    const parts = [...tag.renderRoot.querySelectorAll('[part]')].map(({ part }) => part.value);
    expect(parts).to.deep.equal(['ring', 'accept', 'decline']);
  });

  it('rings for the call that it is given, or with null for none', async () => {
    const { alice, bob, tag } = await setUp();
    tag.call = null;
    const [, mine] = await ring(bob, alice, 'voice');
    await rendered(tag);
    expect(textOf(tag)).to.equal('');
    tag.call = mine;
    await rendered(tag);
    expect(textOf(tag)).to.contain('Bob is calling');
  });

  testsOfLooks(async () => (await ringing('video', silent, 'W'.repeat(64))).tag);
});

describe('the ringtone', () => {
  it('rings until the call is answered', async () => {
    const { tag, mine } = await ringing('voice', loud);
    expect(soundsOn()).to.equal(1);
    tag.requestUpdate();
    await rendered(tag);
    expect(soundsOn()).to.equal(1);
    void mine.accept();
    await connected(mine);
    await rendered(tag);
    expect(soundsOn()).to.equal(0);
  });

  it('stops when the tag is removed', async () => {
    const { tag } = await ringing('voice', loud);
    tag.remove();
    expect(soundsOn()).to.equal(0);
  });

  it('does not ring where it is to be silent', async () => {
    const { tag } = await ringing();
    expect(soundsOn()).to.equal(0);
    expect(names(tag)).to.deep.equal(['Accept', 'Decline']);
  });

  it('shares an audio context between all rings of a page', async () => {
    const { alice, bob, tag, theirs, mine } = await ringing('voice', loud);
    theirs.hangUp();
    await ended(mine);
    for (let count = 0; count < 5; count++) {
      const [again, here] = await ring(bob, alice, 'voice');
      await rendered(tag);
      expect(soundsOn()).to.equal(1);
      again.hangUp();
      await ended(here);
      await rendered(tag);
      expect(soundsOn()).to.equal(0);
    }
    expect(audioContextsMade()).to.equal(1);
  });

  it('rings once for a page that has two tags', async () => {
    await ringing('voice', html`${loud}<rtc-incoming-call></rtc-incoming-call>`);
    expect(soundsOn()).to.equal(1);
  });

  it('makes no sound, and no audio context, before it may; it offers to', async () => {
    setActivation(false);
    const { tag } = await ringing('voice', loud);
    expect(soundsOn()).to.equal(0);
    expect(names(tag)).to.deep.equal(['Accept', 'Decline', 'Turn on sound']);
    await expectAccessible(tag);
    setActivation(true);
    button(tag, 'Turn on sound').click();
    await rendered(tag);
    expect(soundsOn()).to.equal(1);
    expect(names(tag)).to.deep.equal(['Accept', 'Decline']);
  });
});
