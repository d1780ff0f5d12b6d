import { expect, html } from '@open-wc/testing';
import { channelOf } from '../../test/helpers/browser/channels.js';
import { connections } from '../../test/helpers/browser/connections.js';
import { queryAll, rendered, textOf } from '../../test/helpers/browser/dom.js';
import {
  callAt,
  elsewhere,
  ended,
  inPage,
  ring,
  talk,
  type Person,
  type Resident,
} from '../../test/helpers/browser/people.js';
import { audioContextsMade } from '../../test/helpers/browser/sound.js';
import { until } from '../../test/helpers/browser/until.js';
import type { Call } from '../core/call/call.js';
import type { RtcErrorEvent } from '../events/error-event.js';
import '../define/text-chat.js';
import '../define/video-call.js';

const tags = html`<rtc-video-call></rtc-video-call><rtc-text-chat></rtc-text-chat>`;
const tooMuch = 'The call has ended: Bob sent more than this page can take.';

/** Counts how often something is done to any object of a class, until the test is over. */
function countCalls<T extends object>(prototype: T, method: keyof T & string): () => number {
  const own = Object.getOwnPropertyDescriptor(prototype, method)!;
  let count = 0;
  const counted = <F>(run: F) =>
    run &&
    function (this: T, ...args: unknown[]): unknown {
      count++;
      return Reflect.apply(run as () => unknown, this, args);
    };
  const replaced = own.value
    ? { ...own, value: counted(own.value as unknown) }
    : { ...own, get: counted(own.get), set: own.set };
  Object.defineProperty(prototype, method, replaced as PropertyDescriptor);
  undo.push(() => Object.defineProperty(prototype, method, own));
  return () => count;
}
const undo: (() => void)[] = [];
afterEach(() => undo.splice(0).forEach((back) => back()));

const textIn = ({ provider }: Resident) => [...provider.children].map(textOf).join(' ');
const errorsOf = ({ events }: Person) =>
  events.filter(({ type }) => type === 'rtc-error').map((event) => (event as RtcErrorEvent).code);

/** Alice, whose page has the tags, and Bob, who has called her and then does what he likes. */
async function inCall(kind: 'chat' | 'voice') {
  const alice = await inPage('Alice', tags);
  const bob = await elsewhere('Bob', { server: alice.server });
  const [theirs, mine] = await talk(bob, alice, kind);
  const chat = alice.session.chat('Bob');
  await until(chat, () => chat.state.open);
  await customElements.whenDefined('rtc-conversation');
  await rendered(alice.provider);
  return { alice, bob, theirs, mine, chat, pc: theirs.transport!.pc };
}

/** Waits until the page of somebody who has been flooded says so, and tells of it once. */
async function endsInWords(alice: Resident, call: Call): Promise<void> {
  expect(await ended(call)).to.equal('failed');
  expect(call.state.error).to.equal('partner-floods');
  expect(errorsOf(alice)).to.deep.equal(['partner-floods']);
  await rendered(alice.provider);
  expect(textIn(alice)).to.contain(tooMuch);
}

/** Somebody else can still call Alice. */
async function canBeCalled(alice: Resident): Promise<void> {
  const carol = await elsewhere('Carol', { server: alice.server });
  const [theirs, mine] = await ring(carol, alice, 'voice');
  await rendered(alice.provider);
  expect(textIn(alice)).to.contain('Carol is calling');
  theirs.hangUp();
  await ended(mine);
}

describe('a partner who sends 2,000 short messages at once', () => {
  it('has all of them shown, in batches per frame', async () => {
    const { alice, chat, pc } = await inCall('chat');
    const layouts = countCalls(Element.prototype, 'scrollHeight');
    let changes = 0;
    chat.addEventListener('change', () => changes++);
    const channel = channelOf(pc, 'chat');
    for (let count = 0; count < 2000; count++) channel.send(`${count}`);
    await until(chat, () => chat.state.messages.length === 2000);
    await rendered(alice.provider);
    await new Promise(requestAnimationFrame);
    const texts = queryAll(alice.provider, '[role="log"] .text').map((text) => text.textContent);
    expect(texts).to.deep.equal(Array.from({ length: 2000 }, (_, count) => `Bob: ${count}`));
    expect(changes).to.be.lessThan(100);
    expect(layouts()).to.be.greaterThan(0).and.lessThan(100);
    expect(errorsOf(alice)).to.deep.equal([]);
    await canBeCalled(alice);
  });
});

describe('a partner who sends 10,000 short messages at once', () => {
  it('has the call ended, in words, and the rest of the page goes on', async () => {
    const { alice, mine, theirs, chat, pc } = await inCall('chat');
    const channel = channelOf(pc, 'chat');
    for (let count = 0; count < 10_000; count++) channel.send(`${count}`);
    await endsInWords(alice, mine);
    await ended(theirs);
    const shown = chat.state.messages.length;
    expect(chat.state.open).to.equal(false);
    expect(connections.every(({ signalingState }) => signalingState === 'closed')).to.equal(true);
    await canBeCalled(alice);
    expect(chat.state.messages.length).to.equal(shown);
  });
});

describe('a partner who rings without end', () => {
  it('rings a few times, with one audio context, and keeps nobody else from ringing', async () => {
    const alice = await inPage('Alice', tags);
    const bob = await elsewhere('Bob', { server: alice.server });
    for (let count = 0; count < 300; count++) {
      const call = `ring-${count}`;
      bob.session.signaling.send({ type: 'call', name: 'Alice', call, kind: 'voice' });
      bob.session.signaling.send({ type: 'cancel', name: 'Alice', call });
    }
    await canBeCalled(alice);
    const rung = alice.events.filter(({ type }) => type === 'rtc-call-incoming');
    expect(rung.length).to.be.greaterThan(1).and.lessThan(20);
    expect(audioContextsMade()).to.be.lessThan(2);
    expect(connections).to.have.length(1);
  });
});

describe('a partner who asks for new connections without end', () => {
  it('has the call ended, with words, after a few, and every connection closed', async () => {
    const { alice, bob, mine, theirs } = await inCall('voice');
    const before = connections.length;
    const { localDescription } = theirs.transport!.pc;
    const offer = { type: 'offer', sdp: localDescription!.sdp } as const;
    for (let count = 0; count < 600; count++) {
      bob.session.signaling.send({
        type: 'offer',
        name: 'Alice',
        call: mine.id,
        offer,
        fresh: true,
      });
    }
    await endsInWords(alice, mine);
    await ended(theirs);
    expect(connections.length - before)
      .to.be.greaterThan(0)
      .and.lessThan(7);
    expect(connections.every(({ signalingState }) => signalingState === 'closed')).to.equal(true);
    await canBeCalled(alice);
  });
});

describe('a partner who sends 5,000 candidates over the control channel', () => {
  it('has a few hundred tried, and then the call ended, in words', async () => {
    const { alice, mine, pc } = await inCall('voice');
    const tried = countCalls(RTCPeerConnection.prototype, 'addIceCandidate');
    const control = channelOf(pc, 'control');
    for (let count = 0; count < 5000; count++) {
      const address = `10.0.${count >> 8}.${count & 255}`;
      const candidate = `candidate:${count} 1 udp 2122260223 ${address} 50000 typ host`;
      control.send(JSON.stringify({ type: 'candidate', candidate: { candidate, sdpMid: '0' } }));
    }
    await endsInWords(alice, mine);
    expect(tried()).to.be.greaterThan(0).and.lessThan(600);
    await canBeCalled(alice);
  });
});

describe('a partner who turns the microphone on and off without end', () => {
  it('has the call ended, in words', async () => {
    const { alice, mine, pc } = await inCall('voice');
    const control = channelOf(pc, 'control');
    let changes = 0;
    mine.addEventListener('change', () => changes++);
    for (let count = 0; count < 2000; count++) {
      control.send(JSON.stringify({ type: 'media', microphone: !(count % 2), camera: false }));
    }
    await endsInWords(alice, mine);
    expect(changes).to.be.lessThan(100);
    await canBeCalled(alice);
  });
});

describe('a partner who renegotiates without end', () => {
  it('has the call ended, in words', async () => {
    const { alice, mine, pc } = await inCall('voice');
    const negotiated = countCalls(RTCPeerConnection.prototype, 'setRemoteDescription');
    const control = channelOf(pc, 'control');
    const offer = { type: 'offer', sdp: pc.localDescription!.sdp };
    for (let count = 0; count < 500; count++)
      control.send(JSON.stringify({ type: 'offer', offer }));
    await endsInWords(alice, mine);
    expect(negotiated()).to.be.lessThan(100);
    await canBeCalled(alice);
  });
});

describe('a partner who opens channels without end', () => {
  it('has the call ended, in words', async () => {
    const { alice, bob, mine, pc } = await inCall('chat');
    for (let count = 0; count < 100; count++) pc.createDataChannel('chat');
    await endsInWords(alice, mine);
    await callAt(bob, mine.id).then(ended);
    await canBeCalled(alice);
  });
});
