import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { RtcError } from '../errors.js';
import { Chat, MAX_TEXT_LENGTH, type Receipts } from './chat.js';

/** A channel that keeps what is sent over it. */
class FakeChannel {
  sent: string[] = [];
  closed = false;
  onmessage: ((event: { data: unknown }) => void) | undefined;
  onclose: (() => void) | undefined;

  send(text: string): void {
    if (this.closed) throw new DOMException('Closed', 'InvalidStateError');
    this.sent.push(text);
  }
}

function setUp() {
  const arrived: string[] = [];
  const chat = new Chat('Bob', {
    name: () => 'Alice',
    arrived: ({ from, text }) => arrived.push(`${from}: ${text}`),
  });
  return { chat, arrived };
}

/** Brings a channel, whose far end confirms unless it is plain. */
function connect(chat: Chat, plain = false) {
  const channel = new FakeChannel();
  const given: number[] = [];
  const receipts: Receipts = { expected: () => !plain, give: (count) => given.push(count) };
  chat.attach(channel as unknown as RTCDataChannel, receipts);
  return { channel, receipts, given };
}

const deliveries = (chat: Chat) => chat.state.messages.map(({ delivery }) => delivery);
const lines = (chat: Chat) => chat.state.messages.map(({ from, text }) => `${from}: ${text}`);

describe('a message that is sent', () => {
  it('is on its way until the other side has confirmed it', () => {
    const { chat } = setUp();
    const { channel } = connect(chat);
    chat.send('one');
    chat.send('two');
    assert.deepEqual(channel.sent, ['one', 'two']);
    assert.deepEqual(deliveries(chat), ['sending', 'sending']);
    chat.confirm(1);
    assert.deepEqual(deliveries(chat), ['sent', 'sending']);
    chat.confirm(2);
    assert.deepEqual(deliveries(chat), ['sent', 'sent']);
    assert.deepEqual(lines(chat), ['Alice: one', 'Alice: two']);
  });

  it('counts as sent at once where nothing is ever confirmed', () => {
    const { chat } = setUp();
    connect(chat, true);
    chat.send('one');
    assert.deepEqual(deliveries(chat), ['sent']);
  });

  it('is kept, and says so, where there is no connection', () => {
    const { chat } = setUp();
    chat.send('one');
    assert.deepEqual(deliveries(chat), ['failed']);
  });

  it('is kept, and says so, where the connection is gone without a word', () => {
    const { chat } = setUp();
    const { channel } = connect(chat);
    channel.closed = true;
    chat.send('one');
    assert.deepEqual(deliveries(chat), ['failed']);
  });

  it('has failed when the connection ends before it was confirmed', () => {
    const { chat } = setUp();
    const { channel } = connect(chat);
    chat.send('one');
    chat.send('two');
    chat.confirm(1);
    channel.onclose!();
    assert.deepEqual(deliveries(chat), ['sent', 'failed']);
    assert.equal(chat.state.open, false);
  });

  it('is no longer than a channel carries', () => {
    const { chat } = setUp();
    connect(chat);
    chat.send('x'.repeat(MAX_TEXT_LENGTH));
    assert.throws(
      () => chat.send('x'.repeat(MAX_TEXT_LENGTH + 1)),
      (error: RtcError) => error.code === 'message-too-long',
    );
    assert.equal(chat.state.messages.length, 1);
  });
});

describe('a message that failed', () => {
  it('is sent when it is tried again, in its place', () => {
    const { chat } = setUp();
    chat.send('one');
    const { channel } = connect(chat);
    chat.send('two');
    chat.retry(chat.state.messages[0]!.id);
    assert.deepEqual(channel.sent, ['two', 'one']);
    assert.deepEqual(lines(chat), ['Alice: one', 'Alice: two']);
    chat.confirm(2);
    assert.deepEqual(deliveries(chat), ['sent', 'sent']);
  });

  it('fails again where there still is no connection', () => {
    const { chat } = setUp();
    chat.send('one');
    chat.retry(chat.state.messages[0]!.id);
    assert.deepEqual(deliveries(chat), ['failed']);
  });

  it('is the only kind that can be tried again', () => {
    const { chat } = setUp();
    const { channel } = connect(chat);
    chat.send('one');
    const { id } = chat.state.messages[0]!;
    chat.retry(id);
    chat.confirm(1);
    chat.retry(id);
    chat.retry(-1);
    assert.deepEqual(channel.sent, ['one']);
  });
});

describe('a message that arrives', () => {
  it('is shown, told of and confirmed', () => {
    const { chat, arrived } = setUp();
    const { channel, given } = connect(chat);
    channel.onmessage!({ data: 'hello' });
    channel.onmessage!({ data: 'there' });
    assert.deepEqual(lines(chat), ['Bob: hello', 'Bob: there']);
    assert.deepEqual(arrived, ['Bob: hello', 'Bob: there']);
    assert.deepEqual(given, [1, 2]);
    assert.ok(chat.state.messages.every(({ mine }) => !mine));
  });

  it('is passed over when it is no text, or too long', () => {
    const { chat, arrived } = setUp();
    const { channel } = connect(chat);
    channel.onmessage!({ data: new ArrayBuffer(8) });
    channel.onmessage!({ data: 'x'.repeat(MAX_TEXT_LENGTH + 1) });
    assert.deepEqual(chat.state.messages, []);
    assert.deepEqual(arrived, []);
  });
});

describe('a second connection', () => {
  it('takes the place of the first, whose end is then no matter', () => {
    const { chat } = setUp();
    const first = connect(chat);
    const second = connect(chat);
    first.channel.onclose!();
    chat.detach(first.receipts);
    assert.equal(chat.state.open, true);
    chat.send('one');
    assert.deepEqual(second.channel.sent, ['one']);
    chat.detach(second.receipts);
    assert.equal(chat.state.open, false);
  });

  it('counts its confirmations from the beginning', () => {
    const { chat } = setUp();
    const first = connect(chat);
    chat.send('one');
    chat.confirm(1);
    chat.detach(first.receipts);
    connect(chat);
    chat.send('two');
    chat.confirm(1);
    assert.deepEqual(deliveries(chat), ['sent', 'sent']);
  });

  it('believes no more confirmations than there is to confirm', () => {
    const { chat } = setUp();
    connect(chat);
    chat.confirm(5);
    chat.send('one');
    assert.deepEqual(deliveries(chat), ['sending']);
    chat.confirm(-1);
    assert.deepEqual(deliveries(chat), ['sending']);
    chat.confirm(1);
    assert.deepEqual(deliveries(chat), ['sent']);
  });
});
