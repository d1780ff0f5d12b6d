import { expect } from '@open-wc/testing';
import { connections } from '../../../test/helpers/browser/connections.js';
import {
  connected,
  ended,
  talk,
  twoElsewhere,
  typesOf,
  type Person,
} from '../../../test/helpers/browser/people.js';
import { until } from '../../../test/helpers/browser/until.js';
import type { RtcMessageEvent } from '../../events/message-event.js';
import type { Chat } from './chat.js';

const open = (chat: Chat) => until(chat, () => chat.state.open);
const closed = (chat: Chat) => until(chat, () => !chat.state.open);

/** The chat that each of two people has with the other. */
const chatsOf = async ([alice, bob]: [Person, Person]) =>
  [alice.session.chat(bob.name), bob.session.chat(alice.name)] as const;

/** Sends a line and waits until the partner has it and this side knows. */
async function say(from: Chat, to: Chat, text: string): Promise<void> {
  from.send(text);
  await until(to, () => to.state.messages.at(-1)?.text === text);
  await until(from, () => from.state.messages.at(-1)?.delivery === 'sent');
}

const texts = (chat: Chat) => chat.state.messages.map(({ from, text }) => `${from}: ${text}`);

describe('a chat alone', () => {
  it('is asked for and accepted like a call, and needs no device', async () => {
    const two = await twoElsewhere();
    await talk(...two, 'chat');
    const [mine, theirs] = await chatsOf(two);
    await Promise.all([open(mine), open(theirs)]);
    await say(mine, theirs, 'Hello');
    await say(theirs, mine, 'Hi\nthere');
    for (const chat of [mine, theirs]) {
      expect(texts(chat)).to.deep.equal(['Alice: Hello', 'Bob: Hi\nthere']);
    }
    expect(two.flatMap(({ devices }) => devices.asked)).to.deep.equal([]);
    const { events } = two[1];
    const [message] = events.filter(({ type }) => type === 'rtc-message') as RtcMessageEvent[];
    expect(message).to.include({ from: 'Alice', text: 'Hello' });
    expect(typesOf(events).filter((type) => type === 'rtc-message')).to.have.length(1);
  });

  it('is not asked for again while it is open', async () => {
    const two = await twoElsewhere();
    await talk(...two, 'chat');
    await open(two[0].session.chat('Bob'));
    expect(two[0].session.startChat('bob')).to.equal(undefined);
  });

  it('keeps its messages when it is over, also those not delivered', async () => {
    const two = await twoElsewhere();
    const calls = await talk(...two, 'chat');
    const [mine, theirs] = await chatsOf(two);
    await Promise.all([open(mine), open(theirs)]);
    await say(mine, theirs, 'one');
    calls[0].hangUp();
    await Promise.all([closed(mine), closed(theirs)]);
    theirs.send('two');
    expect(theirs.state.messages.map(({ delivery }) => delivery)).to.deep.equal(['sent', 'failed']);

    await talk(...two, 'chat');
    await Promise.all([open(mine), open(theirs)]);
    theirs.retry(theirs.state.messages[1]!.id);
    await until(theirs, () => theirs.state.messages[1]!.delivery === 'sent');
    expect(texts(mine)).to.deep.equal(['Alice: one', 'Bob: two']);
    expect(texts(theirs)).to.deep.equal(['Alice: one', 'Bob: two']);
  });

  it('says of each message that was on its way at the end that it has failed', async () => {
    const two = await twoElsewhere();
    const calls = await talk(...two, 'chat');
    const [mine, theirs] = await chatsOf(two);
    await Promise.all([open(mine), open(theirs)]);
    mine.send('too late');
    calls[0].hangUp();
    expect(mine.state.messages[0]!.delivery).to.equal('failed');
  });

  it('does not open on a connection that was closed as it opened', async () => {
    const two = await twoElsewhere();
    const channels: RTCDataChannel[] = [];
    const { createDataChannel } = RTCPeerConnection.prototype;
    RTCPeerConnection.prototype.createDataChannel = function (...args) {
      const channel = createDataChannel.apply(this, args);
      channels.push(channel);
      return channel;
    };
    try {
      const calls = await talk(...two, 'chat');
      const [mine] = await chatsOf(two);
      await open(mine);
      calls[0].hangUp();
      expect(mine.state.open).to.equal(false);
      for (const channel of channels) channel.dispatchEvent(new Event('open'));
      expect(mine.state.open).to.equal(false);
    } finally {
      RTCPeerConnection.prototype.createDataChannel = createDataChannel;
    }
  });

  it('carries a long message whole', async () => {
    const two = await twoElsewhere();
    await talk(...two, 'chat');
    const [mine, theirs] = await chatsOf(two);
    await Promise.all([open(mine), open(theirs)]);
    // Four bytes for two units: as many bytes as there can be, and more than fits one packet.
    await say(mine, theirs, '🙂'.repeat(8000));
  });
});

describe('a chat with the partner of a call', () => {
  it('rides on that call without being asked for, and ends with it', async () => {
    const two = await twoElsewhere();
    const calls = await talk(...two, 'voice');
    const [mine, theirs] = await chatsOf(two);
    await Promise.all([open(mine), open(theirs)]);
    await say(mine, theirs, 'Can you hear me?');
    expect(two[0].session.startChat('Bob')).to.equal(undefined);
    expect(connections).to.have.length(2);
    calls[1].hangUp();
    await Promise.all([closed(mine), closed(theirs)]);
    expect(texts(mine)).to.have.length(1);
  });
});

describe('a call with the partner of a chat', () => {
  it('uses the same connection, and leaves the chat open when it ends', async () => {
    const two = await twoElsewhere();
    const chat = await talk(...two, 'chat');
    const [mine, theirs] = await chatsOf(two);
    await Promise.all([open(mine), open(theirs)]);

    for (const [from, to] of [two, two.toReversed() as [Person, Person]]) {
      const calls = await talk(from, to, 'video');
      for (const { state } of calls) {
        const picture = state.remote.stream!.getVideoTracks()[0]!;
        await until(picture, () => !picture.muted, 'unmute');
      }
      await say(mine, theirs, 'during');
      calls[0].hangUp();
      await Promise.all(calls.map(ended));
      expect(two.flatMap(({ devices }) => devices.live)).to.deep.equal([]);
      await say(theirs, mine, 'after');
    }
    expect(connections).to.have.length(2);
    chat[1].hangUp();
    await Promise.all([closed(mine), closed(theirs)]);
    expect(connections.map(({ signalingState }) => signalingState)).to.deep.equal([
      'closed',
      'closed',
    ]);
  });

  it('goes on when the chat is over', async () => {
    const two = await twoElsewhere();
    const chat = await talk(...two, 'chat');
    const calls = await talk(...two, 'voice');
    chat[0].hangUp();
    await Promise.all(chat.map(ended));
    await Promise.all(calls.map(connected));
    const [mine, theirs] = await chatsOf(two);
    await say(mine, theirs, 'still here');
    calls[1].hangUp();
    await Promise.all(calls.map(ended));
  });
});
