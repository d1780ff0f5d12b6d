import { expect, html } from '@open-wc/testing';
import { expectAccessible } from '../../../test/helpers/browser/accessible.js';
import { allByRole, button, byRole, focused, rendered } from '../../../test/helpers/browser/dom.js';
import { press } from '../../../test/helpers/browser/keyboard.js';
import { testsOfLooks } from '../../../test/helpers/browser/looks.js';
import {
  elsewhere,
  ended,
  expectSame,
  inPage,
  ring,
  talk,
} from '../../../test/helpers/browser/people.js';
import { until } from '../../../test/helpers/browser/until.js';
import type { CallKind } from '../../protocol/messages.js';
import type { RtcCallControls } from './call-controls.js';
import '../../define/call-controls.js';
import '../../define/incoming-call.js';

const content = html`
  <rtc-call-controls></rtc-call-controls><rtc-incoming-call silent></rtc-incoming-call>
`;

async function setUp() {
  const alice = await inPage('Alice', content);
  const bob = await elsewhere('Bob', { server: alice.server });
  const controls = alice.tag('rtc-call-controls');
  return { alice, bob, controls };
}

/** In a call with open devices. */
async function inCall(kind: CallKind = 'video') {
  const { alice, bob, controls } = await setUp();
  const [outgoing, incoming] = await talk(alice, bob, kind);
  await until(outgoing, () => outgoing.state.local.microphone);
  await rendered(controls);
  return { alice, bob, controls, outgoing, incoming };
}

const names = (controls: RtcCallControls) =>
  allByRole(controls, 'button').map((each) => each.computedName);

const pressed = (controls: RtcCallControls, name: string) =>
  button(controls, name).getAttribute('aria-pressed');

describe('rtc-call-controls', () => {
  it('are nothing while there is no call', async () => {
    const { controls } = await setUp();
    await rendered(controls);
    expect(names(controls)).to.deep.equal([]);
    await expectAccessible(controls);
  });

  it('can end a call that rings at the partner', async () => {
    const { alice, bob, controls } = await setUp();
    const [outgoing, incoming] = await ring(alice, bob, 'video');
    await until(outgoing, () => outgoing.state.local.stream);
    await rendered(controls);
    expect(names(controls)).to.deep.equal(['Microphone', 'Camera', 'Hang up']);
    await expectAccessible(controls);
    button(controls, 'Hang up').click();
    expect(await ended(incoming)).to.equal('cancelled');
    await rendered(controls);
    expect(names(controls)).to.deep.equal([]);
  });

  it('are nothing while a call rings at this side', async () => {
    const { alice, bob, controls } = await setUp();
    await ring(bob, alice, 'video');
    await rendered(controls);
    expect(names(controls)).to.deep.equal([]);
  });

  it('are a group of their own in a call', async () => {
    const { controls } = await inCall();
    byRole(controls, 'group', 'Call controls');
    expect(names(controls)).to.deep.equal(['Microphone', 'Camera', 'Hang up']);
    expect(pressed(controls, 'Microphone')).to.equal('true');
    expect(pressed(controls, 'Camera')).to.equal('true');
    await expectAccessible(controls);
  });

  it('have no camera in a voice call', async () => {
    const { controls } = await inCall('voice');
    expect(names(controls)).to.deep.equal(['Microphone', 'Hang up']);
    await expectAccessible(controls);
  });

  it('mute and unmute the microphone', async () => {
    const { controls, outgoing } = await inCall('voice');
    button(controls, 'Microphone').click();
    await until(outgoing, () => !outgoing.state.local.microphone);
    await rendered(controls);
    expect(pressed(controls, 'Microphone')).to.equal('false');
    await expectAccessible(controls);
    button(controls, 'Microphone').click();
    await until(outgoing, () => outgoing.state.local.microphone);
    await rendered(controls);
    expect(pressed(controls, 'Microphone')).to.equal('true');
  });

  it('turn the camera off and on', async () => {
    const { alice, controls, outgoing } = await inCall();
    button(controls, 'Camera').click();
    await until(outgoing, () => !outgoing.state.local.camera);
    await rendered(controls);
    expect(pressed(controls, 'Camera')).to.equal('false');
    expect(alice.devices.live).to.deep.equal(['audio']);
    await expectAccessible(controls);
    button(controls, 'Camera').click();
    await until(outgoing, () => outgoing.state.local.camera);
    expect(alice.devices.live).to.deep.equal(['audio', 'video']);
  });

  it('take what is pressed while a device opens', async () => {
    const { alice, bob, controls } = await setUp();
    const answer = alice.devices.hold();
    const [outgoing] = await talk(alice, bob, 'video');
    await rendered(controls);
    const shown = () => ['Microphone', 'Camera'].map((name) => pressed(controls, name));
    expect(shown()).to.deep.equal(['true', 'true']);
    await expectAccessible(controls);
    button(controls, 'Microphone').click();
    await rendered(controls);
    expect(shown()).to.deep.equal(['false', 'true']);
    answer();
    await until(outgoing, () => outgoing.state.local.camera);
    await rendered(controls);
    expect(shown()).to.deep.equal(['false', 'true']);
    expect(alice.devices.asked).to.have.length(1);
    expect(outgoing.state.local.microphone).to.equal(false);
  });

  it('show a device that was refused as off, and ask for it again', async () => {
    const { alice, bob, controls } = await setUp();
    alice.devices.refuse = { video: 'NotReadableError' };
    const [outgoing] = await talk(alice, bob, 'video');
    await until(outgoing, () => outgoing.state.local.microphone);
    await rendered(controls);
    expect(pressed(controls, 'Camera')).to.equal('false');
    alice.devices.refuse = {};
    button(controls, 'Camera').click();
    await until(outgoing, () => outgoing.state.local.camera);
  });

  it('work with the keyboard alone, and keep the focus', async () => {
    const { controls, outgoing } = await inCall();
    await press('Tab');
    expectSame(focused(), button(controls, 'Microphone'));
    await press('Space');
    await until(outgoing, () => !outgoing.state.local.microphone);
    await rendered(controls);
    expectSame(focused(), button(controls, 'Microphone'));
    await press('Tab');
    expectSame(focused(), button(controls, 'Camera'));
    await press('Tab', 'Enter');
    expect(await ended(outgoing)).to.equal('hung-up');
  });

  it('keep the focus on the camera while it opens', async () => {
    const { controls, outgoing } = await inCall();
    button(controls, 'Camera').focus();
    await press('Space');
    await until(outgoing, () => !outgoing.state.local.camera);
    await press('Space');
    await until(outgoing, () => outgoing.state.local.camera);
    await rendered(controls);
    expectSame(focused(), button(controls, 'Camera'));
  });

  it('put the focus on Hang up', async () => {
    const { controls } = await inCall();
    controls.focus();
    expectSame(focused(), button(controls, 'Hang up'));
  });

  it('belong to the call that they are given', async () => {
    const { alice, bob, controls } = await setUp();
    const [, incoming] = await talk(alice, bob, 'voice');
    controls.call = incoming;
    await rendered(controls);
    button(controls, 'Hang up').click();
    expect(await ended(incoming)).to.equal('hung-up');
  });

  it('have the parts that they promise', async () => {
    const { controls } = await inCall();
    const parts = allByRole(controls, 'button').map(({ part }) => part.value);
    expect(parts).to.deep.equal(['microphone', 'camera', 'hang-up']);
  });

  testsOfLooks(async () => (await inCall()).controls);
});
