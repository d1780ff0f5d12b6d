import { expect, fixture, html } from '@open-wc/testing';
import { expectAccessible } from '../../../test/helpers/browser/accessible.js';
import { allByRole, query, rendered, textOf } from '../../../test/helpers/browser/dom.js';
import { gesture } from '../../../test/helpers/browser/gesture.js';
import { listenTo, spoken } from '../../../test/helpers/browser/live-region.js';
import { testsOfLooks } from '../../../test/helpers/browser/looks.js';
import { PageServer } from '../../../test/helpers/browser/page-server.js';
import {
  connected,
  elsewhere,
  ended,
  inPage,
  ring,
  talk,
} from '../../../test/helpers/browser/people.js';
import { until } from '../../../test/helpers/browser/until.js';
import { FakeClock } from '../../../test/helpers/fake-clock.js';
import type { EndReason } from '../../protocol/messages.js';
import type { RtcCallStatus } from './call-status.js';
import '../../define/call-controls.js';
import '../../define/call-status.js';
import '../../define/incoming-call.js';

// A page laid out from parts: the controls let it make calls, the bell lets it take them.
const parts = html`
  <rtc-incoming-call silent></rtc-incoming-call>
  <rtc-call-status></rtc-call-status>
  <rtc-call-controls></rtc-call-controls>
`;

async function setUp(settings = {}) {
  const alice = await inPage('Alice', parts, { settings });
  const bob = await elsewhere('Bob', { server: alice.server });
  const tag = alice.tag('rtc-call-status');
  await rendered(tag);
  return { alice, bob, tag, said: listenTo(status(tag)) };
}

const status = (tag: RtcCallStatus) => query(tag, '[role="status"]');
const problem = (tag: RtcCallStatus) => query(tag, '[role="alert"]');

before(gesture);

describe('rtc-call-status', () => {
  it('asks to sign in when nobody is signed in', async () => {
    const alice = await inPage('Alice', parts, { signIn: false });
    const tag = alice.tag('rtc-call-status');
    await rendered(tag);
    expect(textOf(tag)).to.equal('Sign in to call someone.');
    await expectAccessible(tag);
  });

  it('says that a provider is missing when the page has none', async () => {
    const tag = await fixture<RtcCallStatus>(html`<rtc-call-status></rtc-call-status>`);
    expect(await spoken(status(tag))).to.equal('No server: the page needs an rtc-provider.');
    await expectAccessible(tag);
  });

  it('says nothing and takes no place when there is no call', async () => {
    const { tag } = await setUp();
    expect(textOf(tag)).to.equal('');
    expect(tag.getBoundingClientRect().height).to.equal(0);
    await expectAccessible(tag);
  });

  it('says each state of an outgoing call once, as it comes', async () => {
    const { alice, bob, tag, said } = await setUp();
    const [outgoing, incoming] = await ring(alice, bob, 'video');
    await rendered(tag);
    expect(textOf(tag)).to.equal('Ringing Bob…');
    await expectAccessible(tag);
    void incoming.accept();
    await connected(outgoing);
    await rendered(tag);
    expect(textOf(tag)).to.equal('Connected with Bob');
    await expectAccessible(tag);
    await outgoing.setMicrophone(false);
    incoming.hangUp();
    await ended(outgoing);
    await rendered(tag);
    expect(textOf(tag)).to.equal('The call with Bob has ended.');
    await expectAccessible(tag);
    expect(said).to.deep.equal([
      'Calling Bob…',
      'Ringing Bob…',
      'Connecting with Bob…',
      'Connected with Bob',
      'The call with Bob has ended.',
    ]);
  });

  it('says that a call connects while no path has been found', async () => {
    const { alice, bob, tag } = await setUp();
    const send = alice.session.signaling.send.bind(alice.session.signaling);
    alice.session.signaling.send = (message) => message.type === 'candidate' || send(message);
    const sendTheirs = bob.session.signaling.send.bind(bob.session.signaling);
    bob.session.signaling.send = (message) => message.type === 'candidate' || sendTheirs(message);
    const [outgoing, incoming] = await ring(alice, bob, 'voice');
    void incoming.accept();
    await until(outgoing, () => outgoing.state.phase === 'connecting');
    await rendered(tag);
    expect(textOf(tag)).to.equal('Connecting with Bob…');
    await expectAccessible(tag);
  });

  it('says nothing of an incoming call that rings, and why it was missed', async () => {
    const { alice, bob, tag, said } = await setUp();
    const [theirs, mine] = await ring(bob, alice, 'voice');
    await rendered(tag);
    expect(textOf(tag)).to.equal('');
    theirs.hangUp('no-answer');
    await ended(mine);
    await rendered(tag);
    expect(said).to.deep.equal(['You missed Bob’s call.']);
    await expectAccessible(tag);
  });

  it('says that nobody can be called while the server is away', async () => {
    const server = new PageServer();
    const alice = await inPage('Alice', parts, { server: server.url });
    const tag = alice.tag('rtc-call-status');
    server.mode = 'down';
    server.drop();
    await until(
      alice.session.signaling,
      () => alice.session.signaling.state.status !== 'signed-in',
    );
    await rendered(tag);
    expect(textOf(tag)).to.equal('The server is away. You can call again as soon as it is back.');
    await expectAccessible(tag);
    server.mode = 'up';
    await until(
      alice.session.signaling,
      () => alice.session.signaling.state.status === 'signed-in',
    );
    await rendered(tag);
    expect(textOf(tag)).to.equal('');
  });

  it('says that a call reconnects when the partner has lost its server', async () => {
    const clock = new FakeClock();
    const server = new PageServer();
    const alice = await inPage('Alice', parts, { server: server.url });
    const bob = await elsewhere('Bob', { server: server.url, settings: { clock } });
    const tag = alice.tag('rtc-call-status');
    const [outgoing] = await talk(alice, bob, 'video');
    await rendered(tag);
    server.drop(1001, 'Bob');
    await until(outgoing, () => outgoing.state.phase === 'reconnecting');
    await rendered(tag);
    expect(textOf(tag)).to.equal('Reconnecting…');
    await expectAccessible(tag);
  });

  for (const [reason, words] of [
    ['declined', 'Bob declined.'],
    ['busy', 'Bob is in another call.'],
    ['no-answer', 'No answer from Bob.'],
    ['not-online', 'Bob is not online.'],
    ['gone', 'Bob is gone.'],
    ['failed', 'No connection with Bob could be made.'],
  ] as [EndReason, string][]) {
    it(`says why an outgoing call is over: ${reason}`, async () => {
      const { alice, bob, tag } = await setUp();
      const [outgoing] = await ring(alice, bob, 'video');
      outgoing.end(reason);
      await rendered(tag);
      expect(textOf(tag)).to.equal(words);
      await expectAccessible(tag);
    });
  }

  it('shows the error of this page’s devices, also in a call', async () => {
    const getUserMedia = () => Promise.reject(new DOMException('No', 'NotFoundError'));
    const { alice, bob, tag } = await setUp({ getUserMedia });
    await talk(alice, bob, 'video');
    expect(await spoken(problem(tag))).to.equal('No camera or microphone was found.');
    expect(textOf(status(tag))).to.equal('Connected with Bob');
    await expectAccessible(tag);
  });

  it('hides the words while the call is connected when it is told to', async () => {
    const { alice, bob, tag } = await setUp();
    tag.hideConnected = true;
    const [outgoing] = await ring(alice, bob, 'video');
    await rendered(tag);
    expect(status(tag).offsetHeight).to.be.above(10);
    outgoing.hangUp();
    await talk(alice, bob, 'video');
    await rendered(tag);
    // Out of sight, and still read out.
    expect(status(tag).offsetHeight).to.equal(1);
    expect(allByRole(tag, 'status').map(textOf)).to.deep.equal(['Connected with Bob']);
    await expectAccessible(tag);
  });

  it('speaks of the call that it is given, and of none when it is given null', async () => {
    const { alice, bob, tag } = await setUp();
    const [, incoming] = await talk(alice, bob, 'voice');
    tag.call = incoming;
    await rendered(tag);
    expect(textOf(tag)).to.equal('Connected with Alice');
    tag.call = null;
    await rendered(tag);
    expect(textOf(tag)).to.equal('');
  });

  testsOfLooks(async () => {
    const alice = await inPage('Alice', parts);
    const bob = await elsewhere('W'.repeat(64), { server: alice.server });
    await ring(alice, bob, 'video');
    return alice.tag('rtc-call-status');
  });
});
