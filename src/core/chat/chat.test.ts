import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { FakeClock } from '../../../test/helpers/fake-clock.js';
import type { RtcError } from '../errors.js';
import { MAX_WAITING } from './arrivals.js';
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
  const clock = new FakeClock();
  const chat = new Chat('Bob', {
    clock,
    name: () => 'Alice',
    arrived: ({ from, text }) => arrived.push(`${from}: ${text}`),
  });
  return { chat, arrived, clock };
}

/** Brings a channel, whose far end confirms unless it is plain. */
function connect(chat: Chat, plain = false) {
  const channel = new FakeChannel();
  const given: number[] = [];
  const floods: true[] = [];
  const receipts: Receipts = {
    expected: () => !plain,
    give: (count) => given.push(count),
    flooded: () => floods.push(true),
  };
  chat.attach(channel as unknown as RTCDataChannel, receipts);
  return { channel, receipts, given, floods };
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

  it('is none when it shows nothing', () => {
    const { chat } = setUp();
    const { channel } = connect(chat);
    for (const text of ['', ' ', '\u200b', '\u2063\u3164', '\u2800\n']) chat.send(text);
    assert.deepEqual(channel.sent, []);
    assert.deepEqual(chat.state.messages, []);
    chat.send('\u{1faff}');
    assert.equal(channel.sent.length, 1);
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
  it('is shown, told of and confirmed', async () => {
    const { chat, arrived, clock } = setUp();
    const { channel, given } = connect(chat);
    channel.onmessage!({ data: 'hello' });
    channel.onmessage!({ data: 'there' });
    assert.deepEqual(lines(chat), ['Bob: hello']);
    await clock.advance(50);
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

  it('is passed over, and confirmed, when it shows nothing', async () => {
    const { chat, arrived, clock } = setUp();
    const { channel, given } = connect(chat);
    for (const data of ['', ' \n', '\u200b\u2063\u3164', '\u2800', '\u{1faff}']) {
      channel.onmessage!({ data });
    }
    await clock.advance(50);
    assert.deepEqual(arrived, ['Bob: \u{1faff}']);
    assert.deepEqual(lines(chat), arrived);
    assert.equal(given.at(-1), 5);
  });

  it('after the chat is closed is not shown', async () => {
    const { chat, clock } = setUp();
    const { channel } = connect(chat);
    channel.onmessage!({ data: 'one' });
    channel.onmessage!({ data: 'two' });
    chat.close();
    await clock.advance(1000);
    assert.deepEqual(lines(chat), ['Bob: one']);
    assert.equal(clock.waiting, 0);
  });

  it('is shown after the connection has ended, if it came before', async () => {
    const { chat, clock } = setUp();
    const { channel, receipts } = connect(chat);
    channel.onmessage!({ data: 'one' });
    channel.onmessage!({ data: 'two' });
    chat.detach(receipts);
    await clock.advance(50);
    assert.deepEqual(lines(chat), ['Bob: one', 'Bob: two']);
  });
});

describe('many messages at once', () => {
  it('are shown a few hundred at a time, all of them and in order', async () => {
    const { chat, arrived, clock } = setUp();
    const { channel, given } = connect(chat);
    let renders = 0;
    chat.addEventListener('change', () => renders++);
    const sent = Array.from({ length: 2000 }, (_, index) => `Bob: ${index}`);
    for (const words of sent) channel.onmessage!({ data: words.slice(5) });
    await clock.advance(2000);
    assert.deepEqual(lines(chat), sent);
    assert.deepEqual(arrived, sent);
    assert.equal(given.at(-1), 2000);
    assert.ok(renders < 20, `${renders} changes`);
    assert.equal(given.length, renders);
    assert.equal(clock.waiting, 0);
  });

  it('wait where they come too fast, and are lost only where the call ends', async () => {
    const { chat, clock } = setUp();
    const { channel, floods } = connect(chat);
    for (let count = 0; count < 3000; count++) channel.onmessage!({ data: 'x' });
    await clock.advance(1000);
    const shown = chat.state.messages.length;
    assert.ok(shown > 1900 && shown < 2100, `${shown}`);
    assert.deepEqual(floods, []);
    await clock.advance(60_000);
    assert.equal(chat.state.messages.length, 3000);
  });

  it('are no longer read where more would have to wait than can', async () => {
    const { chat, clock } = setUp();
    const { channel, floods } = connect(chat);
    for (let count = 0; count < 10_000; count++) channel.onmessage!({ data: 'x' });
    assert.deepEqual(floods, [true]);
    await clock.advance(60_000);
    const shown = chat.state.messages.length;
    assert.ok(shown < 4000, `${shown}`);
    assert.equal(clock.waiting, 0);
  });

  it('count by what they take, long, binary or none at all', () => {
    for (const data of ['x'.repeat(MAX_TEXT_LENGTH), 'x'.repeat(100_000), new ArrayBuffer(1)]) {
      const { chat } = setUp();
      const { channel, floods } = connect(chat);
      const most = MAX_WAITING / MAX_TEXT_LENGTH;
      for (let count = 0; count < most; count++) channel.onmessage!({ data });
      assert.deepEqual(floods, [true]);
    }
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
