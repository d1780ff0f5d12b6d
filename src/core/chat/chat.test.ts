import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { FakeClock } from '../../../test/helpers/fake-clock.js';
import type { RtcError } from '../errors.js';
import { Store } from '../store.js';
import type { ControlMessage } from '../transport/control-message.js';
import type { TransportState } from '../transport/peer-transport.js';
import { ControlEvent, type TransportEventMap } from '../transport/transport-events.js';
import { MAX_WAITING } from './arrivals.js';
import { Chat, MAX_TEXT_LENGTH, type ChatTransport } from './chat.js';

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

/** A transport that keeps what the chat says over it. */
class FakeTransport extends Store<TransportState, TransportEventMap> implements ChatTransport {
  readonly given: number[] = [];
  floods = 0;

  constructor(basic: boolean) {
    super({ connection: 'connected', direct: !basic, basic, streams: {} });
  }

  say(message: ControlMessage): boolean {
    if (message.type === 'received') this.given.push(message.count);
    return true;
  }

  flood(): void {
    this.floods++;
  }

  /** The partner has this many of the messages. */
  confirm(count: number): void {
    this.dispatchEvent(new ControlEvent({ type: 'received', count }));
  }

  close(): void {
    this.update({ connection: 'closed' });
  }
}

/** Brings a channel, whose far end confirms unless it is a basic client. */
function connect(chat: Chat, basic = false) {
  const channel = new FakeChannel();
  const transport = new FakeTransport(basic);
  chat.attach(channel as unknown as RTCDataChannel, transport);
  return { channel, transport, given: transport.given };
}

const deliveries = (chat: Chat) => chat.state.messages.map(({ delivery }) => delivery);
const lines = (chat: Chat) => chat.state.messages.map(({ from, text }) => `${from}: ${text}`);

describe('a message that is sent', () => {
  it('is on its way until the partner has confirmed it', () => {
    const { chat } = setUp();
    const { channel, transport } = connect(chat);
    chat.send('one');
    chat.send('two');
    assert.deepEqual(channel.sent, ['one', 'two']);
    assert.deepEqual(deliveries(chat), ['sending', 'sending']);
    transport.confirm(1);
    assert.deepEqual(deliveries(chat), ['sent', 'sending']);
    transport.confirm(2);
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
    const { channel, transport } = connect(chat);
    chat.send('one');
    chat.send('two');
    transport.confirm(1);
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
    const { channel, transport } = connect(chat);
    chat.send('two');
    chat.retry(chat.state.messages[0]!.id);
    assert.deepEqual(channel.sent, ['two', 'one']);
    assert.deepEqual(lines(chat), ['Alice: one', 'Alice: two']);
    transport.confirm(2);
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
    const { channel, transport } = connect(chat);
    chat.send('one');
    const { id } = chat.state.messages[0]!;
    chat.retry(id);
    transport.confirm(1);
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
    const { channel, transport } = connect(chat);
    channel.onmessage!({ data: 'one' });
    channel.onmessage!({ data: 'two' });
    transport.close();
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
    const { channel, transport } = connect(chat);
    for (let count = 0; count < 3000; count++) channel.onmessage!({ data: 'x' });
    await clock.advance(1000);
    const shown = chat.state.messages.length;
    assert.ok(shown > 1900 && shown < 2100, `${shown}`);
    assert.equal(transport.floods, 0);
    await clock.advance(60_000);
    assert.equal(chat.state.messages.length, 3000);
  });

  it('are no longer read where more would have to wait than can', async () => {
    const { chat, clock } = setUp();
    const { channel, transport } = connect(chat);
    for (let count = 0; count < 10_000; count++) channel.onmessage!({ data: 'x' });
    assert.equal(transport.floods, 1);
    await clock.advance(60_000);
    const shown = chat.state.messages.length;
    assert.ok(shown < 4000, `${shown}`);
    assert.equal(clock.waiting, 0);
  });

  it('count by their size, whether long, binary or empty', () => {
    for (const data of ['x'.repeat(MAX_TEXT_LENGTH), 'x'.repeat(100_000), new ArrayBuffer(1)]) {
      const { chat } = setUp();
      const { channel, transport } = connect(chat);
      const most = MAX_WAITING / MAX_TEXT_LENGTH;
      for (let count = 0; count < most; count++) channel.onmessage!({ data });
      assert.equal(transport.floods, 1);
    }
  });
});

describe('a second transport', () => {
  it('takes the place of the first, whose end is then no matter', () => {
    const { chat } = setUp();
    const first = connect(chat);
    const second = connect(chat);
    first.channel.onclose!();
    first.transport.close();
    assert.equal(chat.state.open, true);
    chat.send('one');
    assert.deepEqual(second.channel.sent, ['one']);
    second.transport.close();
    assert.equal(chat.state.open, false);
  });

  it('counts its confirmations from the beginning', () => {
    const { chat } = setUp();
    const first = connect(chat);
    chat.send('one');
    first.transport.confirm(1);
    first.transport.close();
    const second = connect(chat);
    chat.send('two');
    second.transport.confirm(1);
    assert.deepEqual(deliveries(chat), ['sent', 'sent']);
  });

  it('believes no more confirmations than there is to confirm', () => {
    const { chat } = setUp();
    const { transport } = connect(chat);
    transport.confirm(5);
    chat.send('one');
    assert.deepEqual(deliveries(chat), ['sending']);
    transport.confirm(-1);
    assert.deepEqual(deliveries(chat), ['sending']);
    transport.confirm(1);
    assert.deepEqual(deliveries(chat), ['sent']);
  });
});
