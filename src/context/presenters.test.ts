import { expect, html } from '@open-wc/testing';
import { deep, rendered } from '../../test/helpers/browser/dom.js';
import {
  connected,
  elsewhere,
  ended,
  expectSame,
  inPage,
  ring,
  talk,
  type Person,
  type Resident,
} from '../../test/helpers/browser/people.js';
import { until } from '../../test/helpers/browser/until.js';
import type { RtcIncomingCall } from '../components/incoming-call/incoming-call.js';
import type { CallKind } from '../protocol/messages.js';
import '../define/call-controls.js';
import '../define/text-chat.js';
import '../define/video-call.js';
import '../define/voice-call.js';
import '../define/dial.js';

const bells = (alice: Resident) =>
  [...deep(alice.provider)].filter(
    (element): element is RtcIncomingCall =>
      element.localName === 'rtc-incoming-call' && element.hasAttribute('ringing'),
  );

/** The tag in which a call rings: the bell itself, or the widget around it. */
function ringsIn(alice: Resident): string[] {
  return bells(alice).map((bell) => {
    const root = bell.getRootNode();
    const tag = root instanceof ShadowRoot ? root.host : bell;
    return tag.id || tag.localName;
  });
}

/** The tags that show a call that is on. */
const shows = (alice: Resident) =>
  [...alice.provider.querySelectorAll('*')]
    .filter((tag) => tag.matches(':state(in-call)'))
    .map((tag) => tag.id || tag.localName);

async function setUp(content: unknown): Promise<[Resident, Person]> {
  const alice = await inPage('Alice', content);
  return [alice, await elsewhere('Bob', { server: alice.server })];
}

/** Bob calls Alice. @returns where it rings */
async function ringing(alice: Resident, bob: Person, kind: CallKind) {
  const [theirs, mine] = await ring(bob, alice, kind);
  await rendered(alice.provider);
  const where = ringsIn(alice);
  return { theirs, mine, where };
}

const all = html`
  <rtc-video-call></rtc-video-call>
  <rtc-voice-call></rtc-voice-call>
  <rtc-text-chat></rtc-text-chat>
`;

describe('a call rings and is shown in one tag', () => {
  for (const [kind, tag] of [
    ['video', 'rtc-video-call'],
    ['voice', 'rtc-voice-call'],
    ['chat', 'rtc-text-chat'],
  ] as const) {
    it(`${kind}: the tag made for it`, async () => {
      const [alice, bob] = await setUp(all);
      const { mine, theirs, where } = await ringing(alice, bob, kind);
      expect(where).to.deep.equal([tag]);
      expect([...alice.provider.querySelectorAll(':state(ringing)')].length).to.equal(1);
      void mine.accept();
      await Promise.all([mine, theirs].map(connected));
      await rendered(alice.provider);
      expect(ringsIn(alice)).to.deep.equal([]);
      expect(shows(alice)).to.deep.equal([tag]);
    });
  }

  it('voice: the tag for video, where there is none for voice', async () => {
    const [alice, bob] = await setUp(html`<rtc-video-call></rtc-video-call>`);
    const { where } = await ringing(alice, bob, 'voice');
    expect(where).to.deep.equal(['rtc-video-call']);
  });

  it('the first in the document, of two that could', async () => {
    const [alice, bob] = await setUp(html`
      <rtc-video-call id="one"></rtc-video-call><rtc-video-call id="two"></rtc-video-call>
    `);
    const { mine, where } = await ringing(alice, bob, 'video');
    expect(where).to.deep.equal(['one']);
    void mine.accept();
    await connected(mine);
    await rendered(alice.provider);
    expect(shows(alice)).to.deep.equal(['one']);
  });

  it('the first in the document, also when that came last', async () => {
    const [alice, bob] = await setUp(html`<rtc-video-call id="old"></rtc-video-call>`);
    const young = document.createElement('rtc-video-call');
    young.id = 'young';
    alice.provider.prepend(young);
    const { where } = await ringing(alice, bob, 'video');
    expect(where).to.deep.equal(['young']);
  });

  it('rings in a standalone rtc-incoming-call, if the page has one', async () => {
    const [alice, bob] = await setUp(html`${all}<rtc-incoming-call></rtc-incoming-call>`);
    const { mine, where } = await ringing(alice, bob, 'video');
    expect(where).to.deep.equal(['rtc-incoming-call']);
    void mine.accept();
    await connected(mine);
    await rendered(alice.provider);
    expect(shows(alice)).to.deep.equal(['rtc-video-call']);
  });

  it('rings in a standalone tag only calls of the kinds it takes', async () => {
    const [alice, bob] = await setUp(
      html`${all}<rtc-incoming-call kinds="chat"></rtc-incoming-call>`,
    );
    const video = await ringing(alice, bob, 'video');
    expect(video.where).to.deep.equal(['rtc-video-call']);
    video.theirs.hangUp();
    await ended(video.mine);
    const chat = await ringing(alice, bob, 'chat');
    expect(chat.where).to.deep.equal(['rtc-incoming-call']);
  });
});

describe('which kinds of call a page takes', () => {
  for (const [content, kinds] of [
    [html`<rtc-video-call></rtc-video-call>`, ['video', 'voice']],
    [html`<rtc-voice-call></rtc-voice-call>`, ['voice']],
    [html`<rtc-text-chat></rtc-text-chat>`, ['chat']],
    [html`<rtc-incoming-call></rtc-incoming-call>`, ['video', 'voice']],
    [html`<rtc-incoming-call kinds="voice chat"></rtc-incoming-call>`, ['voice', 'chat']],
    [html`<rtc-call-controls></rtc-call-controls>`, []],
    [html`<rtc-dial></rtc-dial>`, []],
    [html``, []],
  ] as const) {
    it(`${kinds.join(' and ') || 'none'}, with ${String(content.strings[0]) || 'no tag'}`, async () => {
      const [alice, bob] = await setUp(content);
      for (const kind of ['video', 'voice', 'chat'] as const) {
        const call = bob.session.call('Alice', kind)!;
        if ((kinds as readonly string[]).includes(kind)) {
          await until(call, () => call.state.reached);
          await until(alice.session, () => alice.session.state.calls.length > 0);
          call.hangUp();
        } else expect(await ended(call)).to.equal('unsupported-kind');
      }
    });
  }
});

describe('removing tags', () => {
  it('hands a call that runs to the next tag that can show it', async () => {
    const [alice, bob] = await setUp(html`
      <rtc-video-call id="one"></rtc-video-call><rtc-video-call id="two"></rtc-video-call>
    `);
    const [, mine] = await talk(bob, alice, 'video');
    alice.tag('rtc-video-call').remove();
    await tasks();
    await rendered(alice.provider);
    expect(shows(alice)).to.deep.equal(['two']);
    expect(mine.state.phase).to.equal('active');
  });

  it('ends a call when the last that could hang up is gone', async () => {
    const [alice, bob] = await setUp(html`
      <rtc-video-call></rtc-video-call><rtc-call-controls></rtc-call-controls>
    `);
    const [theirs, mine] = await talk(bob, alice, 'video');
    alice.tag('rtc-video-call').remove();
    await tasks();
    expect(mine.state.phase).to.equal('active');
    alice.tag('rtc-call-controls').remove();
    expect(await ended(mine)).to.equal('hung-up');
    expect(await ended(theirs)).to.equal('hung-up');
    expect(alice.devices.live).to.deep.equal([]);
  });

  it('leaves a call alone that other tags still show', async () => {
    const [alice, bob] = await setUp(all);
    const [, mine] = await talk(bob, alice, 'voice');
    alice.tag('rtc-text-chat').remove();
    await tasks();
    expect(mine.state.phase).to.equal('active');
  });

  it('declines a ring when no tag can answer it any more', async () => {
    const [alice, bob] = await setUp(html`<rtc-video-call></rtc-video-call>`);
    const { theirs } = await ringing(alice, bob, 'video');
    alice.tag('rtc-video-call').remove();
    expect(await ended(theirs)).to.equal('declined');
  });
});

describe('a call from code, in a page without a tag to show it', () => {
  it('is not ended by a tag that comes and goes and had no part in it', async () => {
    const [alice, bob] = await setUp(html``);
    const [mine] = await talk(alice, bob, 'voice');
    const dial = document.createElement('rtc-dial');
    alice.provider.append(dial);
    await dial.updateComplete;
    expectSame(dial.session, alice.session);
    dial.remove();
    await tasks();
    expect(mine.state.phase).to.equal('active');
  });
});

/** Waits until whatever a removal has put off has been done. */
async function tasks(): Promise<void> {
  for (let count = 0; count < 3; count++) await new Promise((resolve) => setTimeout(resolve));
}
