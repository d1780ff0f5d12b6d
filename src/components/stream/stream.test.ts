import { expect, html } from '@open-wc/testing';
import { expectAccessible } from '../../../test/helpers/browser/accessible.js';
import {
  allByRole,
  button,
  query,
  queryAll,
  rendered,
  textOf,
} from '../../../test/helpers/browser/dom.js';
import { gesture } from '../../../test/helpers/browser/gesture.js';
import { testsOfLooks } from '../../../test/helpers/browser/looks.js';
import {
  elsewhere,
  ended,
  expectSame,
  inPage,
  ring,
  talk,
} from '../../../test/helpers/browser/people.js';
import { next, until } from '../../../test/helpers/browser/until.js';
import type { CallKind } from '../../protocol/messages.js';
import type { RtcStream } from './stream.js';
import '../../define/stream.js';

const remote = html`<rtc-stream></rtc-stream>`;
const local = html`<rtc-stream party="local"></rtc-stream>`;

async function setUp(content = remote, name = 'bob') {
  const alice = await inPage('Alice', content);
  const bob = await elsewhere(name, { server: alice.server });
  const tag = alice.tag('rtc-stream');
  tag.style.blockSize = '240px';
  await rendered(tag);
  return { alice, bob, tag };
}

async function inCall(content = remote, kind: CallKind = 'video', name?: string) {
  const people = await setUp(content, name);
  const [outgoing, incoming] = await talk(people.alice, people.bob, kind);
  await until(outgoing, () => outgoing.state.local.stream);
  await until(incoming, () => incoming.state.local.stream);
  await rendered(people.tag);
  return { ...people, outgoing, incoming };
}

/** The backgrounds that can be seen in the tag, and its own. */
const grounds = (tag: RtcStream) =>
  [tag, ...queryAll(tag, '*')]
    .map((element) => getComputedStyle(element).backgroundColor)
    .filter((colour) => colour !== 'rgba(0, 0, 0, 0)');

const videoOf = (tag: RtcStream) => query<HTMLVideoElement>(tag, 'video');
const avatarOf = (tag: RtcStream) => query(tag, '[part="avatar"]');
const caption = (tag: RtcStream) => textOf(query(tag, '[part="caption"]'));

const plays = (video: HTMLVideoElement) =>
  until(video, () => video.videoWidth > 0 && video.currentTime > 0, 'timeupdate');

before(gesture);

describe('rtc-stream', () => {
  it('shows nothing without a call', async () => {
    const { tag } = await setUp();
    expect(textOf(tag)).to.equal('');
    expect(grounds(tag)).to.deep.equal([]);
    await expectAccessible(tag);
  });

  it('stands on the stage colour of the page during a call', async () => {
    const { tag } = await inCall(remote, 'voice');
    expect(grounds(tag)).to.include('rgb(20, 22, 27)');
    tag.style.setProperty('--rtc-stage', 'rgb(1, 2, 3)');
    expect(grounds(tag)).to.include('rgb(1, 2, 3)');
  });

  it('says nothing of muted local devices while the call rings', async () => {
    const { alice, bob, tag } = await setUp(local);
    const [outgoing, incoming] = await ring(alice, bob, 'video');
    await until(outgoing, () => outgoing.state.local.stream);
    await outgoing.setMicrophone(false);
    await rendered(tag);
    expect(caption(tag)).to.equal('You');
    void incoming.accept();
    await until(outgoing, () => outgoing.state.phase === 'active');
    await rendered(tag);
    expect(caption(tag)).to.equal('You Microphone off');
  });

  it('shows an initial until there is something of the other side', async () => {
    const { alice, bob, tag } = await setUp();
    await ring(alice, bob, 'video');
    await rendered(tag);
    expect(caption(tag)).to.equal('bob');
    expect(textOf(avatarOf(tag))).to.equal('B');
    expect(videoOf(tag).checkVisibility()).to.equal(false);
    await expectAccessible(tag);
  });

  it('plays the other side’s picture and sound', async () => {
    const { tag, outgoing } = await inCall();
    const video = videoOf(tag);
    expectSame(video.srcObject, outgoing.state.remote.stream);
    await plays(video);
    expect(video.muted).to.equal(false);
    expect(video.checkVisibility()).to.equal(true);
    expect(avatarOf(tag).checkVisibility()).to.equal(false);
    expect(video.ariaLabel).to.equal('bob');
    expect(getComputedStyle(video).scale).to.equal('none');
    await expectAccessible(tag);
  });

  it('mirrors the self view and mutes it', async () => {
    const { tag, outgoing } = await inCall(local);
    const video = videoOf(tag);
    expectSame(video.srcObject, outgoing.state.local.stream);
    await plays(video);
    expect(video.muted).to.equal(true);
    expect(caption(tag)).to.equal('You');
    expect(getComputedStyle(video).scale).to.equal('-1 1');
    await expectAccessible(tag);
  });

  it('shows the initial of the local person when the camera is off', async () => {
    const { tag, outgoing } = await inCall(local);
    await outgoing.setCamera(false);
    await rendered(tag);
    expect(caption(tag)).to.equal('You Camera off');
    expect(textOf(avatarOf(tag))).to.equal('A');
    await expectAccessible(tag);
    await outgoing.setCamera(true);
    await rendered(tag);
    await plays(videoOf(tag));
    expect(caption(tag)).to.equal('You');
  });

  it('shows what the other side has turned off', async () => {
    const { tag, outgoing, incoming } = await inCall();
    await incoming.setMicrophone(false);
    await incoming.setCamera(false);
    await until(outgoing, () => !outgoing.state.remote.microphone && !outgoing.state.remote.camera);
    await rendered(tag);
    expect(caption(tag)).to.equal('bob Microphone off Camera off');
    expect(avatarOf(tag).checkVisibility()).to.equal(true);
    expect(videoOf(tag).checkVisibility()).to.equal(false);
    await expectAccessible(tag);
  });

  it('says nothing of a camera in a voice call', async () => {
    const { tag } = await inCall(remote, 'voice');
    expect(caption(tag)).to.equal('bob');
    expect(textOf(avatarOf(tag))).to.equal('B');
    await expectAccessible(tag);
  });

  it('shows a first character outside the basic plane whole', async () => {
    const { tag } = await inCall(remote, 'voice', '🙂 smiley');
    expect(textOf(avatarOf(tag))).to.equal('🙂');
  });

  it('lets go of the picture with the call', async () => {
    const { tag, outgoing } = await inCall();
    const video = videoOf(tag);
    outgoing.hangUp();
    await ended(outgoing);
    await rendered(tag);
    expect(textOf(tag)).to.equal('');
    expect(video.isConnected).to.equal(false);
  });

  it('shows the next call', async () => {
    const { alice, bob, tag, outgoing, incoming } = await inCall();
    incoming.hangUp();
    await ended(outgoing);
    const [again] = await talk(alice, bob, 'video');
    await rendered(tag);
    expectSame(videoOf(tag).srcObject, again.state.remote.stream);
    await plays(videoOf(tag));
  });

  it('goes on playing when it is moved', async () => {
    const { alice, tag } = await inCall();
    await plays(videoOf(tag));
    const place = document.createElement('section');
    alice.provider.append(place);
    place.append(tag);
    await rendered(tag);
    const video = videoOf(tag);
    const before = video.currentTime;
    await until(video, () => !video.paused && video.currentTime > before, 'timeupdate');
  });

  it('shows the call that it is given', async () => {
    const { alice, bob, tag } = await setUp();
    const [, incoming] = await talk(alice, bob, 'voice');
    tag.call = incoming;
    await rendered(tag);
    expect(caption(tag)).to.equal('Alice');
  });

  it('has the parts that it promises', async () => {
    const { tag } = await inCall();
    const parts = [...tag.renderRoot.querySelectorAll('[part]')].map(({ part }) => part.value);
    expect(parts).to.deep.equal(['video', 'avatar', 'caption']);
  });

  testsOfLooks(async () => {
    const { tag, outgoing, incoming } = await inCall(remote, 'video', 'W'.repeat(64));
    await incoming.setMicrophone(false);
    await incoming.setCamera(false);
    await until(outgoing, () => !outgoing.state.remote.camera);
    return tag;
  });
});

describe('a picture that something pauses', () => {
  const { play } = HTMLMediaElement.prototype;
  afterEach(() => {
    HTMLMediaElement.prototype.play = play;
  });

  it('goes on by itself, time and again', async () => {
    const { tag } = await inCall();
    const video = videoOf(tag);
    for (let time = 0; time < 3; time++) {
      await plays(video);
      const paused = next(video, 'pause');
      video.pause();
      await paused;
      await next(video, 'playing');
      await next(video, 'timeupdate');
    }
    expect(video.muted).to.equal(false);
    expect(allByRole(tag, 'button')).to.deep.equal([]);
  });

  it('goes on when the page is shown again, or the track brings pictures again', async () => {
    const { tag, outgoing } = await inCall();
    const video = videoOf(tag);
    await plays(video);
    const [track] = outgoing.state.remote.stream!.getVideoTracks();
    for (const wake of [
      () => document.dispatchEvent(new Event('visibilitychange')),
      () => track!.dispatchEvent(new Event('unmute')),
    ]) {
      HTMLMediaElement.prototype.play = () => Promise.reject(new DOMException('', 'AbortError'));
      const paused = next(video, 'pause');
      video.pause();
      await paused;
      HTMLMediaElement.prototype.play = play;
      expect(video.paused).to.equal(true);
      wake();
      await next(video, 'timeupdate');
      expect(video.paused).to.equal(false);
    }
  });

  it('says so and offers a button where it cannot go on', async () => {
    const { tag } = await inCall();
    const video = videoOf(tag);
    await plays(video);
    HTMLMediaElement.prototype.play = () => Promise.reject(new DOMException('', 'NotAllowedError'));
    video.pause();
    while (!allByRole(tag, 'button').length) await new Promise(requestAnimationFrame);
    const alerts = allByRole(tag, 'alert').map((alert) => textOf(alert));
    expect(alerts).to.deep.equal(['Playback is paused. Continue']);
    await expectAccessible(tag);
    HTMLMediaElement.prototype.play = play;
    button(tag, 'Continue').click();
    await next(video, 'timeupdate');
    await rendered(tag);
    expect(video).to.include({ paused: false, muted: false });
    expect(allByRole(tag, 'button')).to.deep.equal([]);
  });
});

describe('a page that may not play sound', () => {
  const { play } = HTMLMediaElement.prototype;
  afterEach(() => {
    HTMLMediaElement.prototype.play = play;
  });

  /** As a browser does before somebody has done something on the page. */
  function block(): void {
    HTMLMediaElement.prototype.play = function (this: HTMLMediaElement) {
      if (this.muted) return play.call(this);
      return Promise.reject(new DOMException('Not yet', 'NotAllowedError'));
    };
  }

  async function blocked() {
    block();
    const { alice, bob, tag } = await setUp();
    await talk(alice, bob, 'video');
    while (!allByRole(tag, 'button').length) await next(videoOf(tag), 'timeupdate');
    await rendered(tag);
    return { tag };
  }

  it('shows the picture, says that sound is off, and turns it on when the button is pressed', async () => {
    const { tag } = await blocked();
    const video = videoOf(tag);
    await plays(video);
    expect(video.muted).to.equal(true);
    const alerts = allByRole(tag, 'alert').map((alert) => textOf(alert));
    expect(alerts).to.deep.equal(['This page may not play sound yet. Turn on sound']);
    await expectAccessible(tag);

    HTMLMediaElement.prototype.play = play;
    button(tag, 'Turn on sound').click();
    await rendered(tag);
    expect(video.muted).to.equal(false);
    expect(allByRole(tag, 'button')).to.deep.equal([]);
    await plays(video);
    expect(video.paused).to.equal(false);
  });

  it('does not offer to turn sound on for the self view', async () => {
    block();
    const { tag } = await inCall(local);
    await plays(videoOf(tag));
    expect(allByRole(tag, 'button')).to.deep.equal([]);
  });

  describe('looks right', () => testsOfLooks(async () => (await blocked()).tag));
});
