import { expect, html } from '@open-wc/testing';
import { expectAccessible } from '../../../test/helpers/browser/accessible.js';
import { cutOff } from '../../../test/helpers/browser/connections.js';
import {
  allByRole,
  button,
  byRole,
  focused,
  focusOn,
  query,
  queryAll,
  rendered,
  textOf,
} from '../../../test/helpers/browser/dom.js';
import { gesture } from '../../../test/helpers/browser/gesture.js';
import { press, type } from '../../../test/helpers/browser/keyboard.js';
import { listenTo } from '../../../test/helpers/browser/live-region.js';
import { expectWithin, testsOfLooks } from '../../../test/helpers/browser/looks.js';
import { PageServer } from '../../../test/helpers/browser/page-server.js';
import {
  callAt,
  connected,
  elsewhere,
  ended,
  expectSame,
  inPage,
  ring,
  talk,
  typesOf,
} from '../../../test/helpers/browser/people.js';
import { until } from '../../../test/helpers/browser/until.js';
import { FakeClock } from '../../../test/helpers/fake-clock.js';
import type { RtcVoiceCall } from './voice-call.js';
import '../../define/voice-call.js';

const plain = html`<rtc-voice-call silent></rtc-voice-call>`;

async function setUp(content = plain, name = 'Bob') {
  const alice = await inPage('Alice', content);
  const bob = await elsewhere(name, { server: alice.server });
  const tag = alice.tag('rtc-voice-call');
  await rendered(tag);
  return { alice, bob, tag, said: listenTo(status(tag)) };
}

/** In a call that Alice has made, with open devices and loudness and duration shown. */
async function inCall(name?: string) {
  const people = await setUp(plain, name);
  const [outgoing, incoming] = await talk(people.alice, people.bob, 'voice');
  for (const call of [outgoing, incoming]) await until(call, () => call.state.local.stream);
  await rendered(people.tag);
  // Loaded when it is needed.
  await customElements.whenDefined('rtc-call-meter');
  await rendered(people.tag);
  return { ...people, outgoing, incoming };
}

const status = (tag: RtcVoiceCall) => query(tag, '[part="status"]');
const problem = (tag: RtcVoiceCall) => query(tag, '.status[role="alert"]');
const caption = (tag: RtcVoiceCall) => textOf(query(tag, '[part="caption"]'));
const states = (tag: RtcVoiceCall) =>
  ['ringing', 'in-call'].filter((state) => tag.matches(`:state(${state})`));
const field = (tag: RtcVoiceCall) => byRole<HTMLInputElement>(tag, 'combobox', 'Username to call');

before(gesture);

describe('rtc-voice-call without a call', () => {
  it('says to sign in first, and offers nobody to call until then', async () => {
    const alice = await inPage('Alice', plain, { signIn: false });
    const tag = alice.tag('rtc-voice-call');
    await rendered(tag);
    expect(textOf(status(tag))).to.equal('Sign in to call someone.');
    expect(tag.renderRoot.querySelector('rtc-dial')).to.equal(null);
    await expectAccessible(tag);
  });

  it('asks for a name to call', async () => {
    const { tag } = await setUp();
    byRole(tag, 'region', 'Voice call');
    byRole(tag, 'heading', 'Voice call');
    expect(field(tag).value).to.equal('');
    expect(textOf(status(tag))).to.equal('');
    expect(states(tag)).to.deep.equal([]);
    await expectAccessible(tag);
  });

  it('shows a name and a Call button when `peer` is set', async () => {
    const { alice, bob, tag } = await setUp(
      html`<rtc-voice-call peer="Bob" silent><b slot="heading">Ask Bob</b></rtc-voice-call>`,
    );
    byRole(tag, 'heading', 'Ask Bob');
    expect(allByRole(tag, 'combobox')).to.deep.equal([]);
    await expectAccessible(tag);
    button(tag, 'Call').click();
    expect((await callAt(bob, alice.session.mediaCall!.id)).kind).to.equal('voice');
    expect(alice.devices.asked.map(({ video }) => video)).to.deep.equal([false]);
  });
});

describe('rtc-voice-call, calling and called', () => {
  it('shows the person called while it rings there, and can cancel', async () => {
    const { alice, bob, tag, said } = await setUp();
    const [, incoming] = await ring(alice, bob, 'voice');
    await rendered(tag);
    expect(said).to.deep.equal(['Calling Bob…', 'Ringing Bob…']);
    expect(states(tag)).to.deep.equal(['in-call']);
    expect(caption(tag)).to.equal('Bob');
    expect(allByRole(tag, 'timer')).to.deep.equal([]);
    await expectAccessible(tag);
    button(tag, 'Hang up').click();
    expect(await ended(incoming)).to.equal('cancelled');
    await rendered(tag);
    expect(said.at(-1)).to.equal('The call was cancelled.');
  });

  it('rings for voice and connects when it is taken', async () => {
    const { alice, bob, tag, said } = await setUp();
    const calls = await ring(bob, alice, 'voice');
    await rendered(tag);
    expect(states(tag)).to.deep.equal(['ringing']);
    expect(textOf(tag)).to.contain('Bob is calling: voice call');
    expect(said).to.deep.equal([]);
    await expectAccessible(tag);
    button(tag, 'Accept').click();
    await Promise.all(calls.map(connected));
    await rendered(tag);
    expect(states(tag)).to.deep.equal(['in-call']);
    expect(said.at(-1)).to.equal('Connected with Bob');
  });

  it('accepts a call without asking when `auto-accept` allows it', async () => {
    const { bob } = await setUp(html`<rtc-voice-call auto-accept silent></rtc-voice-call>`);
    await connected(bob.session.call('Alice', 'voice')!);
  });

  it('does not take a video call', async () => {
    const { bob, tag } = await setUp();
    expect(await ended(bob.session.call('Alice', 'video')!)).to.equal('unsupported-kind');
    expect(states(tag)).to.deep.equal([]);
  });

  it('says that it is connecting', async () => {
    cutOff();
    const { alice, bob, tag, said } = await setUp();
    const [outgoing, incoming] = await ring(alice, bob, 'voice');
    void incoming.accept();
    await until(outgoing, () => outgoing.state.phase === 'connecting');
    await rendered(tag);
    expect(said.at(-1)).to.equal('Connecting with Bob…');
    await expectAccessible(tag);
  });
});

describe('rtc-voice-call in a call', () => {
  it('shows the partner, the loudness and the duration, and opens no camera', async () => {
    const { alice, tag, said } = await inCall();
    expect(said.at(-1)).to.equal('Connected with Bob');
    expect(caption(tag)).to.equal('Bob');
    byRole(tag, 'meter', 'Loudness');
    expect(byRole(tag, 'timer', 'Duration').textContent.trim()).to.match(/^\d\d:\d\d$/);
    const names = allByRole(tag, 'button').map((each) => each.computedName);
    expect(names).to.deep.equal(['Microphone', 'Hang up']);
    expect(alice.devices.live).to.deep.equal(['audio']);
    const [sound] = queryAll<HTMLVideoElement>(tag, 'video');
    await until(sound!, () => !sound!.paused && !sound!.muted, 'playing');
    await expectAccessible(tag);
  });

  it('shows a microphone that is off, at either side', async () => {
    const { tag, outgoing, incoming } = await inCall();
    await incoming.setMicrophone(false);
    await until(outgoing, () => !outgoing.state.remote.microphone);
    button(tag, 'Microphone').click();
    await until(incoming, () => !incoming.state.remote.microphone);
    await rendered(tag);
    expect(caption(tag)).to.equal('Bob Microphone off');
    expect(button(tag, 'Microphone').ariaPressed).to.equal('false');
    await expectAccessible(tag);
  });

  it('says once that the microphone was refused, and goes on', async () => {
    const { alice, bob, tag } = await setUp();
    const alerts = listenTo(problem(tag));
    alice.devices.refuse = { audio: 'NotAllowedError' };
    const [outgoing] = await talk(alice, bob, 'voice');
    await until(outgoing, () => outgoing.state.local.error);
    await rendered(tag);
    expect(alerts).to.deep.equal([
      'Camera or microphone is blocked. Allow it in the browser’s settings for this page.',
    ]);
    expect(button(tag, 'Microphone').ariaPressed).to.equal('false');
    await expectAccessible(tag);
  });

  it('says that the partner is away, and when it is back', async () => {
    const clock = new FakeClock();
    const server = new PageServer();
    const alice = await inPage('Alice', plain, { server: server.url });
    const bob = await elsewhere('Bob', { server: server.url, settings: { clock } });
    const tag = alice.tag('rtc-voice-call');
    const [outgoing] = await talk(alice, bob, 'voice');
    await rendered(tag);
    const said = listenTo(status(tag));
    server.drop(1001, 'Bob');
    await until(outgoing, () => outgoing.state.phase === 'reconnecting');
    await rendered(tag);
    await expectAccessible(tag);
    await clock.advance(0);
    await connected(outgoing);
    await rendered(tag);
    expect(said).to.deep.equal(['Reconnecting…', 'Connected with Bob']);
  });

  it('has the parts that it promises', async () => {
    const { tag } = await inCall();
    const parts = [...tag.renderRoot.querySelectorAll('[part]')].map(({ part }) => part.value);
    expect(parts).to.deep.equal(['stage', 'remote']);
  });
});

describe('rtc-voice-call in a page that may not play sound yet', () => {
  const { play } = HTMLMediaElement.prototype;
  afterEach(() => {
    HTMLMediaElement.prototype.play = play;
  });

  it('says that sound is off, in colours with enough contrast', async () => {
    HTMLMediaElement.prototype.play = function (this: HTMLMediaElement) {
      if (this.muted) return play.call(this);
      return Promise.reject(new DOMException('Not yet', 'NotAllowedError'));
    };
    const { tag } = await inCall();
    // The refusal comes by itself, after the picture.
    await new Promise((resolve) => setTimeout(resolve));
    await rendered(tag);
    expect(textOf(tag)).to.contain('This page may not play sound yet. Turn on sound');
    const { color } = getComputedStyle(query(tag, '.blocked p'));
    // Light on dark in both colour schemes; axe sees what lies behind it, too, and cannot tell.
    expect(color).to.equal('rgb(244, 245, 248)');
    await expectAccessible(tag);
  });
});

describe('rtc-voice-call by keyboard', () => {
  it('is made and ended, and the focus goes along', async () => {
    const { alice, bob, tag, said } = await setUp();
    await press('Tab');
    expectSame(focused(), field(tag));
    await type('Bob');
    await press('Enter');
    await focusOn(tag, 'Hang up');
    const call = alice.session.mediaCall!;
    void (await callAt(bob, call.id)).accept();
    await connected(call);
    await rendered(tag);
    await press('Enter');
    await focusOn(tag, 'Username to call');
    expect(textOf(status(tag))).to.equal('The call with Bob has ended.');
    expect(said.filter((words) => words === 'The call with Bob has ended.')).to.have.length(1);
    expect(typesOf(alice.events)).to.deep.equal(['rtc-login', 'rtc-call-start', 'rtc-call-end']);
    await expectAccessible(tag);
  });

  it('is taken, and ended by the partner', async () => {
    const { alice, bob, tag } = await setUp();
    const [theirs, mine] = await ring(bob, alice, 'voice');
    await rendered(tag);
    button(tag, 'Accept').focus();
    await press('Enter');
    await focusOn(tag, 'Hang up');
    await Promise.all([theirs, mine].map(connected));
    theirs.hangUp();
    await ended(mine);
    await focusOn(tag, 'Username to call');
  });
});

describe('rtc-voice-call looks right', () => {
  describe('without a call', () => testsOfLooks(async () => (await setUp()).tag));
  describe('in a call', () => testsOfLooks(async () => (await inCall('W'.repeat(64))).tag));

  it('and keeps to the height that the page gives it', async () => {
    const { tag } = await inCall();
    await expectWithin(tag, 240);
  });
});
