import { expect, html } from '@open-wc/testing';
import { expectAccessible } from '../../../test/helpers/browser/accessible.js';
import {
  allByRole,
  button,
  byRole,
  focused,
  query,
  queryAll,
  rendered,
  textOf,
} from '../../../test/helpers/browser/dom.js';
import { press, type } from '../../../test/helpers/browser/keyboard.js';
import { listenTo } from '../../../test/helpers/browser/live-region.js';
import { expectWithin, testsOfLooks } from '../../../test/helpers/browser/looks.js';
import {
  callAt,
  connected,
  elsewhere,
  ended,
  expectSame,
  inPage,
  ring,
  talk,
  type Person,
  type Resident,
} from '../../../test/helpers/browser/people.js';
import { until } from '../../../test/helpers/browser/until.js';
import type { RtcTextChat } from './text-chat.js';
import '../../define/text-chat.js';

const tagOf = (alice: Resident) => alice.tag('rtc-text-chat');
const status = (tag: RtcTextChat) => byRole(tag, 'status', '');
const peer = (tag: RtcTextChat) => byRole<HTMLInputElement>(tag, 'combobox', 'Username to call');
const message = (tag: RtcTextChat) => byRole<HTMLTextAreaElement>(tag, 'textbox', 'Message');
const choice = (tag: RtcTextChat) => byRole<HTMLSelectElement>(tag, 'combobox', 'Conversation');
const whom = (tag: RtcTextChat) => textOf(query(tag, '.whom bdi'));
const lines = (tag: RtcTextChat) => queryAll(tag, '.text').map((line) => line.textContent);

async function setUp(content = html`<rtc-text-chat></rtc-text-chat>`) {
  const alice = await inPage('Alice', content);
  const bob = await elsewhere('Bob', { server: alice.server });
  await rendered(alice.provider);
  return { alice, bob, tag: tagOf(alice) };
}

/** Waits until Alice can write to somebody, and sees where. */
async function opens(alice: Resident, { name, session }: Person): Promise<void> {
  const theirs = session.chat('Alice');
  await until(theirs, () => theirs.state.open);
  await until(alice.session, () =>
    alice.session.state.chats.some((c) => c.name === name && c.state.open),
  );
  await shown(alice);
}

/** The part that shows a conversation is loaded when it is needed. */
async function shown(alice: Resident): Promise<void> {
  await rendered(alice.provider);
  await customElements.whenDefined('rtc-conversation');
  await rendered(alice.provider);
}

async function closes(alice: Resident, { name }: Person): Promise<void> {
  const chat = alice.session.chat(name);
  await until(chat, () => !chat.state.open);
  await rendered(alice.provider);
}

async function open() {
  const { alice, bob, tag } = await setUp();
  const [theirs, mine] = await talk(bob, alice, 'chat');
  await opens(alice, bob);
  return { alice, bob, tag, mine, theirs };
}

/** Somebody writes something, which arrives. */
async function hears(alice: Resident, from: Person, text: string): Promise<void> {
  const chat = alice.session.chat(from.name);
  from.session.chat('Alice').send(text);
  await until(chat, () => chat.state.messages.at(-1)?.text === text);
  await shown(alice);
}

async function write(tag: RtcTextChat, text: string): Promise<void> {
  message(tag).focus();
  await type(text);
}

describe('rtc-text-chat, before a chat', () => {
  it('says to sign in first, and offers nobody to call until then', async () => {
    const alice = await inPage('Alice', html`<rtc-text-chat></rtc-text-chat>`, { signIn: false });
    const tag = tagOf(alice);
    await rendered(tag);
    expect(textOf(status(tag))).to.equal('Sign in to call someone.');
    expect(tag.renderRoot.querySelector('rtc-dial')).to.equal(null);
    byRole(tag, 'region', 'Chat');
    await expectAccessible(tag);
  });

  it('asks for a name, and shows no message field', async () => {
    const { tag } = await setUp();
    peer(tag);
    expect(button(tag, 'Call').disabled).to.equal(false);
    expect(textOf(status(tag))).to.equal('');
    expect(allByRole(tag, 'log')).to.deep.equal([]);
    expect(tag.matches(':state(in-call), :state(ringing)')).to.equal(false);
    await expectAccessible(tag);
  });

  it('asks only the person that its attribute names', async () => {
    const { alice, bob, tag } = await setUp(html`<rtc-text-chat peer="Bob"></rtc-text-chat>`);
    expect(allByRole(tag, 'combobox')).to.deep.equal([]);
    button(tag, 'Call').click();
    const call = await callAt(bob, alice.session.state.calls[0]!.id);
    expect(call.kind).to.equal('chat');
  });

  it('shows the page’s own heading in place of the default', async () => {
    const content = html`<rtc-text-chat><span slot="heading">Ask us</span></rtc-text-chat>`;
    const { tag } = await setUp(content);
    byRole(tag, 'heading', 'Ask us');
    await expectAccessible(tag);
  });
});

describe('rtc-text-chat, asking for a chat', () => {
  it('says that it rings until both can write, by keyboard alone', async () => {
    const { alice, bob, tag } = await setUp();
    const said = listenTo(status(tag));
    peer(tag).focus();
    await type('Bob');
    await press('Enter');
    const [call] = alice.session.state.calls;
    await until(call!, () => call!.state.reached);
    await rendered(tag);
    expect(tag.matches(':state(in-call)')).to.equal(true);
    expect(whom(tag)).to.equal('Bob');
    expectSame(focused(), button(tag, 'Hang up'));
    await expectAccessible(tag);

    void (await callAt(bob, call!.id)).accept();
    await opens(alice, bob);
    // Connecting may be over before there is time to say so.
    expect(said.filter((words) => !words.startsWith('Connecting'))).to.deep.equal([
      'Calling Bob…',
      'Ringing Bob…',
      'Connected with Bob',
    ]);
    await until(tag, () => focused() === message(tag), 'focusin');
    await type('Hello');
    await press('Enter');
    const theirs = bob.session.chat('Alice');
    await until(theirs, () => theirs.state.messages[0]?.text === 'Hello');
  });

  it('can be cancelled, and then asks for a name again', async () => {
    const { alice, bob, tag } = await setUp();
    peer(tag).focus();
    await type('Bob');
    await press('Enter');
    const [call] = alice.session.state.calls;
    const incoming = await callAt(bob, call!.id);
    await rendered(tag);
    await press('Enter');
    expect(await ended(incoming)).to.equal('cancelled');
    await rendered(tag);
    expectSame(focused(), peer(tag));
    expect(tag.matches(':state(in-call)')).to.equal(false);
    await expectAccessible(tag);
  });

  it('says that it was declined', async () => {
    const { alice, bob, tag } = await setUp();
    const [outgoing, incoming] = await ring(alice, bob, 'chat');
    incoming.decline();
    await ended(outgoing);
    await rendered(tag);
    expect(textOf(status(tag))).to.equal('Bob declined.');
    await expectAccessible(tag);
  });
});

describe('rtc-text-chat, asked for a chat', () => {
  it('rings, and moves the focus to Message after Accept', async () => {
    const { alice, bob, tag } = await setUp();
    const said = listenTo(
      query(tag, 'rtc-incoming-call').shadowRoot!.querySelector('[role=alert]')!,
    );
    const [theirs] = await ring(bob, alice, 'chat');
    await rendered(tag);
    expect(tag.matches(':state(ringing)')).to.equal(true);
    expect(tag.matches(':state(in-call)')).to.equal(false);
    expect(said).to.deep.equal(['Bob would like to chat']);
    await expectAccessible(tag);

    button(tag, 'Accept').focus();
    await press('Enter');
    await connected(theirs);
    await opens(alice, bob);
    expect(tag.matches(':state(ringing)')).to.equal(false);
    await until(tag, () => focused() === message(tag), 'focusin');
  });

  it('declines', async () => {
    const { alice, bob, tag } = await setUp();
    const [theirs] = await ring(bob, alice, 'chat');
    await rendered(tag);
    button(tag, 'Decline').click();
    expect(await ended(theirs)).to.equal('declined');
    await rendered(tag);
    expect(textOf(status(tag))).to.equal('You declined Bob’s call.');
  });

  it('accepts a chat without asking when `auto-accept` allows it', async () => {
    const { alice, bob } = await setUp(html`<rtc-text-chat auto-accept silent></rtc-text-chat>`);
    await connected(bob.session.call('Alice', 'chat')!);
    await opens(alice, bob);
    expect(focused()).to.equal(document.body);
  });
});

describe('rtc-text-chat, in a chat', () => {
  it('shows the partner’s name, and the messages of both', async () => {
    const { alice, bob, tag } = await open();
    await hears(alice, bob, 'Hello');
    await write(tag, 'Hi');
    await press('Enter');
    await rendered(tag);
    expect(whom(tag)).to.equal('Bob');
    expect(lines(tag)).to.deep.equal(['Bob: Hello', 'Alice: Hi']);
    expect(tag.matches(':state(in-call)')).to.equal(true);
    await expectAccessible(tag);
  });

  it('announces its end once, keeps the messages and the draft', async () => {
    const { alice, bob, tag, theirs } = await open();
    await hears(alice, bob, 'Bye');
    await write(tag, 'Wait');
    const said = listenTo(status(tag));
    theirs.hangUp();
    await closes(alice, bob);
    expect(said).to.deep.equal(['The chat with Bob has ended.']);
    expect(lines(tag)).to.deep.equal(['Bob: Bye']);
    expect(message(tag).value).to.equal('Wait');
    expectSame(focused(), message(tag));
    peer(tag);
    await press('Enter');
    await rendered(tag);
    button(tag, 'Send again');
    await expectAccessible(tag);
  });

  it('can be ended by keyboard', async () => {
    const { tag, theirs } = await open();
    button(tag, 'Hang up').focus();
    await press('Enter');
    expect(await ended(theirs)).to.equal('hung-up');
    await rendered(tag);
    expectSame(focused(), peer(tag));
  });

  it('rides on a call, with nothing to hang up', async () => {
    const { alice, bob, tag } = await setUp();
    await talk(alice, bob, 'voice');
    await opens(alice, bob);
    expect(whom(tag)).to.equal('Bob');
    expect(allByRole(tag, 'button').map((each) => each.computedName)).to.deep.equal(['Send']);
    expect(textOf(status(tag))).to.equal('');
    await expectAccessible(tag);
  });
});

describe('rtc-text-chat, with several people', () => {
  async function two() {
    const one = await open();
    const carol = await elsewhere('Carol', { server: one.alice.server });
    const [theirs] = await talk(carol, one.alice, 'chat');
    await opens(one.alice, carol);
    await hears(one.alice, carol, 'I am Carol');
    return { ...one, carol, carols: theirs };
  }

  async function choose(tag: RtcTextChat, name: string): Promise<void> {
    choice(tag).value = name;
    choice(tag).dispatchEvent(new Event('change', { bubbles: true }));
    await rendered(tag);
  }

  /** Everything in the tag that says whose the conversation is. */
  const whose = (tag: RtcTextChat) => [whom(tag), choice(tag).value];

  it('keeps showing the first chat, and names the person', async () => {
    const { bob, carol, tag } = await two();
    expect(whose(tag)).to.deep.equal(['Bob', 'Bob']);
    await write(tag, 'For Bob');
    await press('Enter');
    const chat = bob.session.chat('Alice');
    await until(chat, () => chat.state.messages[0]?.text === 'For Bob');
    expect(carol.session.chat('Alice').state.messages).to.have.length(1);
    await expectAccessible(tag);
  });

  it('shows the other chat when it is chosen, and hangs that one up', async () => {
    const { bob, tag, theirs, carols } = await two();
    await write(tag, 'For Bob');
    await choose(tag, 'Carol');
    expect(whose(tag)).to.deep.equal(['Carol', 'Carol']);
    expect(lines(tag)).to.deep.equal(['Carol: I am Carol']);
    expect(message(tag).value).to.equal('');
    button(tag, 'Hang up').click();
    expect(await ended(carols)).to.equal('hung-up');
    expect(theirs.ended).to.equal(false);
    expect(bob.session.chat('Alice').state.messages).to.deep.equal([]);
  });

  it('keeps showing a chat that is over when it is chosen and another receives messages', async () => {
    const { alice, bob, carol, tag, carols } = await two();
    carols.hangUp();
    await closes(alice, carol);
    await choose(tag, 'Carol');
    await hears(alice, bob, 'Still there?');
    expect(choice(tag).value).to.equal('Carol');
    expect(lines(tag)).to.deep.equal(['Carol: I am Carol']);
    await choose(tag, 'Bob');
    expect(whose(tag)).to.deep.equal(['Bob', 'Bob']);
  });

  it('shows the chat that opens when the shown chat is over', async () => {
    const { alice, bob, carol, tag, theirs, carols } = await two();
    await choose(tag, 'Carol');
    for (const call of [theirs, carols]) call.hangUp();
    await Promise.all([closes(alice, bob), closes(alice, carol)]);
    await talk(bob, alice, 'chat');
    await opens(alice, bob);
    expect(whose(tag)).to.deep.equal(['Bob', 'Bob']);
  });

  it('keeps a draft where it was meant to go', async () => {
    const { alice, bob, carol, tag, theirs, carols } = await two();
    carols.hangUp();
    await closes(alice, carol);
    await write(tag, 'For Bob');
    theirs.hangUp();
    await closes(alice, bob);
    await talk(carol, alice, 'chat');
    await opens(alice, carol);
    expect([choice(tag).value, message(tag).value]).to.deep.equal(['Bob', 'For Bob']);
    expect(queryAll(tag, '.whom')).to.deep.equal([]);
  });
});

describe('rtc-text-chat in a low place', () => {
  it('keeps to the height that the page gives it', async () => {
    const { alice, bob, tag } = await open();
    for (let count = 0; count < 9; count++) await hears(alice, bob, `Message ${count}`);
    await expectWithin(tag, 300);
  });
});

describe('rtc-text-chat with a long name and long words', () =>
  testsOfLooks(async () => {
    const alice = await inPage('Alice', html`<rtc-text-chat></rtc-text-chat>`);
    const long = await elsewhere('W'.repeat(64), { server: alice.server });
    const [, mine] = await talk(long, alice, 'chat');
    await opens(alice, long);
    await hears(alice, long, 'W'.repeat(200));
    expect(mine.ended).to.equal(false);
    return tagOf(alice);
  }));
