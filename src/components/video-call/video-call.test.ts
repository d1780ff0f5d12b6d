import { expect, html } from '@open-wc/testing';
import { expectAccessible } from '../../../test/helpers/browser/accessible.js';
import { cutOff } from '../../../test/helpers/browser/connections.js';
import {
  allByRole,
  button,
  byRole,
  deep,
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
import type { SessionSettings } from '../../core/settings.js';
import type { CallKind, EndReason } from '../../protocol/messages.js';
import type { RtcVideoCall } from './video-call.js';
import '../../define/video-call.js';

const plain = html`<rtc-video-call silent></rtc-video-call>`;

async function setUp(content = plain, settings?: Partial<SessionSettings>, name = 'Bob') {
  const alice = await inPage('Alice', content, { settings });
  const bob = await elsewhere(name, { server: alice.server });
  const tag = alice.tag('rtc-video-call');
  await rendered(tag);
  return { alice, bob, tag, said: listenTo(status(tag)) };
}

/** In a call that Alice has made, with open devices and picture from the partner. */
async function inCall(kind: CallKind = 'video', name?: string) {
  const people = await setUp(plain, undefined, name);
  const [outgoing, incoming] = await talk(people.alice, people.bob, kind);
  await until(outgoing, () => outgoing.state.local.stream);
  await until(incoming, () => incoming.state.local.stream);
  await rendered(people.tag);
  return { ...people, outgoing, incoming };
}

const status = (tag: RtcVideoCall) => query(tag, '[part="status"]');
const problem = (tag: RtcVideoCall) => query(tag, '.status[role="alert"]');
const is = (tag: RtcVideoCall, state: string) => tag.matches(`:state(${state})`);
const field = (tag: RtcVideoCall) => byRole<HTMLInputElement>(tag, 'combobox', 'Username to call');

/** The captions of the pictures, with what they say is off. */
const captions = (tag: RtcVideoCall) =>
  queryAll(tag, '[part="caption"]').map((caption) => textOf(caption));

before(gesture);

describe('rtc-video-call without a call', () => {
  it('says to sign in first, and offers nobody to call until then', async () => {
    const alice = await inPage('Alice', plain, { signIn: false });
    const tag = alice.tag('rtc-video-call');
    await rendered(tag);
    expect(textOf(status(tag))).to.equal('Sign in to call someone.');
    expect(tag.renderRoot.querySelector('rtc-dial')).to.equal(null);
    await expectAccessible(tag);
  });

  it('asks for a name to call', async () => {
    const { tag } = await setUp();
    byRole(tag, 'region', 'Video call');
    byRole(tag, 'heading', 'Video call');
    expect(field(tag).value).to.equal('');
    expect(button(tag, 'Call').disabled).to.equal(false);
    expect(textOf(status(tag))).to.equal('');
    expect([is(tag, 'ringing'), is(tag, 'in-call')]).to.deep.equal([false, false]);
    await expectAccessible(tag);
  });

  it('shows the page’s own heading when the slot is filled', async () => {
    const { tag } = await setUp(
      html`<rtc-video-call><span slot="heading">Talk to us</span></rtc-video-call>`,
    );
    byRole(tag, 'heading', 'Talk to us');
    await expectAccessible(tag);
  });

  it('shows a name and a Call button when `peer` is set', async () => {
    const { alice, bob, tag } = await setUp(
      html`<rtc-video-call peer="Bob" silent></rtc-video-call>`,
    );
    expect(allByRole(tag, 'combobox')).to.deep.equal([]);
    await expectAccessible(tag);
    button(tag, 'Call').click();
    expect((await callAt(bob, alice.session.mediaCall!.id)).kind).to.equal('video');
  });
});

describe('rtc-video-call, calling', () => {
  it('shows both parties while it rings there, and can cancel', async () => {
    const { alice, bob, tag, said } = await setUp();
    const [outgoing, incoming] = await ring(alice, bob, 'video');
    await until(outgoing, () => outgoing.state.local.camera);
    await rendered(tag);
    expect(said).to.deep.equal(['Calling Bob…', 'Ringing Bob…']);
    expect(status(tag).checkVisibility({ opacityProperty: true })).to.equal(true);
    expect(captions(tag)).to.deep.equal(['Bob', 'You']);
    expect([is(tag, 'ringing'), is(tag, 'in-call')]).to.deep.equal([false, true]);
    expect(allByRole(tag, 'combobox')).to.deep.equal([]);
    await expectAccessible(tag);
    button(tag, 'Hang up').click();
    expect(await ended(incoming)).to.equal('cancelled');
    await rendered(tag);
    expect(said.at(-1)).to.equal('The call was cancelled.');
    await expectAccessible(tag);
  });

  it('says that it is connecting', async () => {
    cutOff();
    const { alice, bob, tag, said } = await setUp();
    const [outgoing, incoming] = await ring(alice, bob, 'video');
    void incoming.accept();
    await until(outgoing, () => outgoing.state.phase === 'connecting');
    await rendered(tag);
    expect(said.at(-1)).to.equal('Connecting with Bob…');
    await expectAccessible(tag);
  });
});

describe('rtc-video-call, called', () => {
  it('rings, and shows the call once it is taken', async () => {
    const { alice, bob, tag, said } = await setUp();
    const [theirs, mine] = await ring(bob, alice, 'video');
    await rendered(tag);
    expect([is(tag, 'ringing'), is(tag, 'in-call')]).to.deep.equal([true, false]);
    expect(textOf(tag)).to.contain('Bob is calling: video call');
    // Said where it rings, and not a second time.
    expect(said).to.deep.equal([]);
    await expectAccessible(tag);
    button(tag, 'Accept').click();
    await Promise.all([theirs, mine].map(connected));
    await rendered(tag);
    expect([is(tag, 'ringing'), is(tag, 'in-call')]).to.deep.equal([false, true]);
    expect(said).to.deep.equal(['Connecting with Bob…', 'Connected with Bob']);
  });

  it('accepts a call without asking when `auto-accept` allows it', async () => {
    const { bob } = await setUp(html`<rtc-video-call auto-accept silent></rtc-video-call>`);
    await connected(bob.session.call('Alice', 'video')!);
  });

  it('passes `silent` on to the ring', async () => {
    const { alice, bob, tag } = await setUp();
    await ring(bob, alice, 'video');
    await rendered(tag);
    expect(query(tag, 'rtc-incoming-call')).to.include({ silent: true });
  });

  it('takes voice calls, without a picture and without a camera', async () => {
    const { alice, tag } = await inCall('voice');
    expect(captions(tag)).to.deep.equal(['Bob']);
    expect(allByRole(tag, 'button').map((each) => each.computedName)).to.deep.equal([
      'Microphone',
      'Hang up',
    ]);
    expect(alice.devices.live).to.deep.equal(['audio']);
    await expectAccessible(tag);
  });
});

describe('rtc-video-call in a call', () => {
  it('shows both pictures, the small over the large', async () => {
    const { tag, said } = await inCall();
    const [remote, local] = queryAll<HTMLVideoElement>(tag, 'video') as [
      HTMLVideoElement,
      HTMLVideoElement,
    ];
    for (const video of [remote, local]) {
      await until(video, () => video.videoWidth > 0 && !video.paused, 'timeupdate');
    }
    expect([remote.muted, local.muted]).to.deep.equal([false, true]);
    const [large, small] = [remote, local].map((video) => video.getBoundingClientRect());
    expect(small!.width).to.be.lessThan(large!.width / 2);
    expect(small!.top).to.be.greaterThan(large!.top);
    expect(small!.right).to.be.lessThan(large!.right);
    const { x, y, width, height } = small!;
    const top = query(tag, '.local');
    const root = tag.shadowRoot!;
    expectSame(root.elementFromPoint(x + width / 2, y + height / 2), top);
    expect(captions(tag)).to.deep.equal(['Bob', 'You']);
    expect(said.at(-1)).to.equal('Connected with Bob');
    await expectAccessible(tag);
  });

  it('says each change of the call once', async () => {
    const { tag, said, outgoing } = await inCall();
    button(tag, 'Camera').click();
    await until(outgoing, () => !outgoing.state.local.camera);
    button(tag, 'Microphone').click();
    await until(outgoing, () => !outgoing.state.local.microphone);
    button(tag, 'Hang up').click();
    await ended(outgoing);
    await rendered(tag);
    expect(said).to.deep.equal([
      'Calling Bob…',
      'Ringing Bob…',
      'Connecting with Bob…',
      'Connected with Bob',
      'The call with Bob has ended.',
    ]);
  });

  it('shows muted devices, at either side', async () => {
    const { tag, outgoing, incoming } = await inCall();
    await outgoing.setMicrophone(false);
    await outgoing.setCamera(false);
    await incoming.setMicrophone(false);
    await incoming.setCamera(false);
    await until(outgoing, () => {
      const { microphone, camera } = outgoing.state.remote;
      return !microphone && !camera;
    });
    await rendered(tag);
    expect(captions(tag)).to.deep.equal([
      'Bob Microphone off Camera off',
      'You Microphone off Camera off',
    ]);
    expect(queryAll(tag, 'video').map((video) => video.checkVisibility())).to.deep.equal([
      false,
      false,
    ]);
    await expectAccessible(tag);
  });

  it('says once that a device could not be had, and goes on', async () => {
    const { alice, bob, tag } = await setUp();
    const alerts = listenTo(problem(tag));
    alice.devices.refuse = { video: 'NotReadableError' };
    const [outgoing] = await talk(alice, bob, 'video');
    await until(outgoing, () => outgoing.state.local.microphone);
    await rendered(tag);
    expect(alerts).to.deep.equal(['Camera or microphone is in use by another program.']);
    expect(captions(tag)).to.deep.equal(['Bob', 'You Camera off']);
    await expectAccessible(tag);
  });

  for (const [name, words] of [
    ['NotFoundError', 'No camera or microphone was found.'],
    ['NotReadableError', 'Camera or microphone is in use by another program.'],
    ['TypeError', 'Camera or microphone could not be opened.'],
  ] as const) {
    it(`says in words why a call ended: ${name}`, async () => {
      const { alice, bob, tag } = await setUp();
      alice.devices.refuse = { audio: name, video: name };
      const [outgoing] = await ring(alice, bob, 'video');
      await until(outgoing, () => outgoing.state.local.error);
      await rendered(tag);
      expect(textOf(problem(tag))).to.equal(words);
      await expectAccessible(tag);
    });
  }

  it('says that it reconnects, and that it has', async () => {
    const clock = new FakeClock();
    const server = new PageServer();
    const alice = await inPage('Alice', plain, { server: server.url });
    const bob = await elsewhere('Bob', { server: server.url, settings: { clock } });
    const tag = alice.tag('rtc-video-call');
    const [outgoing] = await talk(alice, bob, 'video');
    await rendered(tag);
    const said = listenTo(status(tag));
    server.drop(1001, 'Bob');
    await until(outgoing, () => outgoing.state.phase === 'reconnecting');
    await rendered(tag);
    expect(said).to.deep.equal(['Reconnecting…']);
    await expectAccessible(tag);
    await clock.advance(0);
    await connected(outgoing);
    await rendered(tag);
    expect(said).to.deep.equal(['Reconnecting…', 'Connected with Bob']);
  });

  it('takes the width of the self view and the colour of the stage from the page', async () => {
    const { tag } = await inCall();
    tag.style.setProperty('--rtc-self-view-width', '60px');
    tag.style.setProperty('--rtc-stage', 'rgb(1, 2, 3)');
    const [stage, local] = ['stage', 'local'].map((part) => query(tag, `[part="${part}"]`));
    expect(local!.offsetWidth).to.equal(60);
    expect(getComputedStyle(stage!).backgroundColor).to.equal('rgb(1, 2, 3)');
  });

  it('has the parts that it promises', async () => {
    const { tag } = await inCall();
    const parts = [...tag.renderRoot.querySelectorAll('[part]')].map(({ part }) => part.value);
    expect(parts).to.deep.equal(['stage', 'remote', 'local']);
  });
});

describe('rtc-video-call after a call', () => {
  for (const [reason, words] of [
    ['hung-up', 'The call with Bob has ended.'],
    ['declined', 'Bob declined.'],
    ['busy', 'Bob is in another call.'],
    ['no-answer', 'No answer from Bob.'],
    ['not-online', 'Bob is not online.'],
    ['unsupported-kind', 'Bob does not take calls of this kind.'],
    ['gone', 'Bob is gone.'],
    ['failed', 'No connection with Bob could be made.'],
    ['cancelled', 'The call was cancelled.'],
  ] as [EndReason, string][]) {
    it(`says why an outgoing call is over: ${reason}`, async () => {
      const { alice, bob, tag, said } = await setUp();
      const [outgoing] = await ring(alice, bob, 'video');
      outgoing.end(reason);
      await rendered(tag);
      expect(said.at(-1)).to.equal(words);
      expect(status(tag).checkVisibility()).to.equal(true);
      expect(field(tag).checkVisibility()).to.equal(true);
      await expectAccessible(tag);
    });
  }

  it('says why an incoming call is over', async () => {
    const { alice, bob, tag, said } = await setUp();
    const first = await ring(bob, alice, 'video');
    await rendered(tag);
    button(tag, 'Decline').click();
    await ended(first[0]);
    await rendered(tag);
    const second = await ring(bob, alice, 'video');
    second[0].hangUp();
    await ended(second[1]);
    await rendered(tag);
    const third = await ring(bob, alice, 'video');
    third[0].hangUp('no-answer');
    await ended(third[1]);
    await rendered(tag);
    expect(said).to.deep.equal([
      'You declined Bob’s call.',
      'The call was cancelled.',
      'You missed Bob’s call.',
    ]);
    expect(first[1].state.reason).to.equal('declined');
  });

  it('shows the words of the error that ended a call', async () => {
    const { alice, tag, said } = await setUp();
    await ended(alice.session.call('Alice', 'video')!);
    await rendered(tag);
    expect(said.at(-1)).to.equal('That is your own name.');
  });

  it('can call again, and so can the partner', async () => {
    const { alice, bob, tag, incoming } = await inCall();
    button(tag, 'Hang up').click();
    await ended(incoming);
    await rendered(tag);
    const again = await talk(bob, alice, 'video');
    await rendered(tag);
    expect(is(tag, 'in-call')).to.equal(true);
    button(tag, 'Hang up').click();
    expect(await ended(again[0])).to.equal('hung-up');
    expect(alice.devices.live).to.deep.equal([]);
  });
});

describe('a whole video call by keyboard', () => {
  it('is made and ended, and the focus goes along', async () => {
    const { bob, tag, alice } = await setUp();
    await press('Tab');
    expectSame(focused(), field(tag));
    await type('Bob');
    await press('Enter');
    await focusOn(tag, 'Hang up');
    const { id } = alice.session.mediaCall!;
    void (await callAt(bob, id)).accept();
    await connected(alice.session.mediaCall!);
    await rendered(tag);
    await press('Shift+Tab');
    await focusOn(tag, 'Camera');
    await press('Tab', 'Enter');
    await focusOn(tag, 'Username to call');
    expectSame(focused(), field(tag));
    expect(typesOf(alice.events)).to.deep.equal(['rtc-login', 'rtc-call-start', 'rtc-call-end']);
  });

  it('is taken, and ended by the partner', async () => {
    const { alice, bob, tag } = await setUp();
    const [theirs, mine] = await ring(bob, alice, 'video');
    await rendered(tag);
    button(tag, 'Accept').focus();
    await press('Enter');
    await focusOn(tag, 'Hang up');
    await Promise.all([theirs, mine].map(connected));
    theirs.hangUp();
    await ended(mine);
    await focusOn(tag, 'Username to call');
  });

  it('leaves the focus alone when it is elsewhere in the page', async () => {
    const { alice, bob, tag } = await setUp(
      html`<button id="other">Other</button><rtc-video-call silent></rtc-video-call>`,
    );
    const other = alice.provider.querySelector<HTMLElement>('#other')!;
    other.focus();
    const [theirs, mine] = await talk(bob, alice, 'video');
    await rendered(tag);
    theirs.hangUp();
    await ended(mine);
    await rendered(tag);
    expectSame(document.activeElement, other);
  });
});

describe('rtc-video-call looks right', () => {
  describe('without a call', () => testsOfLooks(async () => (await setUp()).tag));

  describe('ringing', () =>
    testsOfLooks(async () => {
      const { alice, bob, tag } = await setUp(plain, undefined, 'W'.repeat(64));
      await ring(bob, alice, 'video');
      return tag;
    }));

  describe('in a call', () =>
    testsOfLooks(async () => (await inCall('video', 'W'.repeat(64))).tag));

  it('and keeps to the height that the page gives it', async () => {
    const { tag } = await inCall();
    await expectWithin(tag, 300);
    expect(query(tag, '.stage').clientHeight).to.equal(298);
    await expectWithin(tag, 500);
    expect(query(tag, '.stage').clientHeight).to.be.above(298);
  });

  for (const width of [280, 390]) {
    it(`and says in a line of the self view what is off, in ${width} pixels`, async () => {
      const { tag, outgoing } = await inCall();
      tag.style.inlineSize = `${width}px`;
      await outgoing.setMicrophone(false);
      await outgoing.setCamera(false);
      await rendered(tag);
      const caption = query(query(tag, '.local'), '[part="caption"]');
      const name = query(caption, 'bdi');
      expect(textOf(name)).to.equal('You');
      expect(name.scrollWidth).to.be.at.most(name.clientWidth);
      expect(name.offsetHeight).to.be.below(30);
      const { left, right } = caption.getBoundingClientRect();
      for (const badge of queryAll(caption, '.badge .icon')) {
        const box = badge.getBoundingClientRect();
        expect(box.width).to.equal(13);
        expect(box.left >= left && box.right <= right).to.equal(true);
      }
    });
  }

  it('and cuts a long name rather than what is off', async () => {
    const { tag, outgoing, incoming } = await inCall('video', 'W'.repeat(64));
    tag.style.inlineSize = '280px';
    await incoming.setMicrophone(false);
    await until(outgoing, () => !outgoing.state.remote.microphone);
    await rendered(tag);
    const caption = query(query(tag, '.remote'), '[part="caption"]');
    expect(query(caption, 'bdi').offsetHeight).to.be.below(30);
    expect(query(caption, '.badge .icon').getBoundingClientRect().width).to.equal(13);
  });

  it('and its controls do not lie over each other in the smallest place', async () => {
    const { tag } = await inCall();
    tag.style.inlineSize = '280px';
    await rendered(tag);
    const boxes = [...deep(tag)]
      .filter((element) => element.localName === 'button' || element.matches('.local'))
      .map((element) => element.getBoundingClientRect());
    for (const [index, one] of boxes.entries()) {
      for (const other of boxes.slice(index + 1)) {
        const apart =
          one.right <= other.left ||
          other.right <= one.left ||
          one.bottom <= other.top ||
          other.bottom <= one.top;
        expect(apart).to.equal(true);
      }
    }
  });
});
