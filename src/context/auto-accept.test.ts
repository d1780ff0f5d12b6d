import { expect, html } from '@open-wc/testing';
import { rendered, textOf } from '../../test/helpers/browser/dom.js';
import {
  callAt,
  connected,
  elsewhere,
  ended,
  inPage,
  type Resident,
} from '../../test/helpers/browser/people.js';
import { setActivation } from '../../test/helpers/browser/sound.js';
import { until } from '../../test/helpers/browser/until.js';
import { press } from '../../test/helpers/browser/keyboard.js';
import type { CallKind } from '../protocol/messages.js';
import { acceptance } from './auto-accept.js';
import '../define/incoming-call.js';
import '../define/text-chat.js';
import '../define/video-call.js';
import '../define/voice-call.js';

const widgets = {
  video: 'rtc-video-call',
  voice: 'rtc-voice-call',
  chat: 'rtc-text-chat',
} as const;

/** A page of Alice's whose tags have this `auto-accept`, and Bob, who calls it. */
async function called(kind: CallKind, value: string, name = 'Bob') {
  const alice = await inPage(
    'Alice',
    html`
      <rtc-video-call auto-accept=${value} silent></rtc-video-call>
      <rtc-voice-call auto-accept=${value} silent></rtc-voice-call>
      <rtc-text-chat auto-accept=${value} silent></rtc-text-chat>
    `,
  );
  const bob = await elsewhere(name, { server: alice.server });
  await rendered(alice.provider);
  const theirs = bob.session.call('Alice', kind)!;
  const mine = await callAt(alice, theirs.id);
  await rendered(alice.provider);
  return { alice, bob, theirs, mine };
}

const rings = (alice: Resident, kind: CallKind) =>
  textOf(alice.tag(widgets[kind])).includes('Accept');

/** The person does something in the page: presses a key, which changes nothing by itself. */
async function pressKey(): Promise<void> {
  setActivation(true);
  await press('Shift');
}

describe('acceptance', () => {
  for (const value of [null, undefined, false]) {
    it(`asks about every call where there is no auto-accept: ${value}`, () => {
      expect(acceptance(value, 'Bob')).to.equal('ask');
    });
  }

  for (const value of ['', '  ', true]) {
    it(`takes every call unseen where it names nobody: ${JSON.stringify(value)}`, () => {
      expect(acceptance(value, 'Bob')).to.equal('take-unseen');
    });
  }

  it('takes every call where it is a star', () => {
    expect(acceptance('*', 'Bob')).to.equal('take');
    expect(acceptance(' * ', '*')).to.equal('take');
    expect(acceptance('desk *', 'Bob')).to.equal('ask');
  });

  it('takes the calls of those it names, however they are spelled', () => {
    for (const name of ['desk', 'Support', ' ＤＥＳＫ ']) {
      expect(acceptance('desk\n support', name)).to.equal('take');
    }
    for (const name of ['desk support', 'des', '', 'dеsk']) {
      expect(acceptance('desk support', name)).to.equal('ask');
    }
  });

  it('takes names with spaces where commas separate them', () => {
    for (const name of ['front desk', 'Bob', 'Zoë']) {
      expect(acceptance('Front  Desk, Bob,,Zoe\u0308', name)).to.equal('take');
    }
    for (const name of ['front', 'desk', '']) {
      expect(acceptance('Front Desk, Bob,,', name)).to.equal('ask');
    }
    expect(acceptance('Front Desk,', 'front desk')).to.equal('take');
  });
});

describe('auto-accept', () => {
  for (const kind of ['video', 'voice', 'chat'] as const) {
    it(`with names accepts a ${kind} call of a person named, with devices`, async () => {
      setActivation(false);
      const { alice, theirs, mine } = await called(kind, 'desk bob');
      await Promise.all([theirs, mine].map(connected));
      expect(alice.devices.asked).to.have.length(kind === 'chat' ? 0 : 1);
    });

    it(`with names asks about a ${kind} call of anybody else`, async () => {
      const { alice, theirs, mine } = await called(kind, 'desk bob', 'Bobby');
      expect(mine.state.phase).to.equal('ringing');
      expect(rings(alice, kind)).to.equal(true);
      mine.decline();
      expect(await ended(theirs)).to.equal('declined');
      expect(alice.devices.asked).to.deep.equal([]);
    });

    it(`with * takes a ${kind} call of anybody, with devices`, async () => {
      setActivation(false);
      const { alice, theirs, mine } = await called(kind, '*');
      await Promise.all([theirs, mine].map(connected));
      expect(alice.devices.asked).to.have.length(kind === 'chat' ? 0 : 1);
    });
  }

  for (const kind of ['video', 'voice'] as const) {
    it(`alone takes a ${kind} call without devices, until something is pressed`, async () => {
      setActivation(false);
      const { alice, theirs, mine } = await called(kind, '');
      await Promise.all([theirs, mine].map(connected));
      await until(theirs, () => !theirs.state.remote.microphone && !theirs.state.remote.camera);
      expect(alice.devices.asked).to.deep.equal([]);
      expect(rings(alice, kind)).to.equal(false);
      // A page may play sound, say, without anybody having pressed anything.
      document.body.click();
      await rendered(alice.provider);
      expect(alice.devices.asked).to.deep.equal([]);

      await pressKey();
      await until(theirs, () => theirs.state.remote.microphone);
      await pressKey();
      expect(alice.devices.asked).to.have.length(1);
      expect(alice.devices.live).to.deep.equal(kind === 'video' ? ['audio', 'video'] : ['audio']);
    });
  }

  it('alone takes a call with devices where something has been pressed', async () => {
    const { alice, theirs, mine } = await called('video', '');
    await Promise.all([theirs, mine].map(connected));
    expect(alice.devices.asked).to.have.length(1);
  });

  it('opens no device for a call that the press has ended', async () => {
    setActivation(false);
    const { alice, theirs, mine } = await called('voice', '');
    await Promise.all([theirs, mine].map(connected));
    addEventListener('keyup', () => mine.hangUp(), { once: true });
    await pressKey();
    await ended(theirs);
    await new Promise((resolve) => setTimeout(resolve));
    expect(alice.devices.asked).to.deep.equal([]);
  });
});
