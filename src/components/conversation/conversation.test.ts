import { expect, html } from '@open-wc/testing';
import { expectAccessible } from '../../../test/helpers/browser/accessible.js';
import {
  allByRole,
  button,
  byRole,
  focused,
  rendered,
  textOf,
} from '../../../test/helpers/browser/dom.js';
import { press, type } from '../../../test/helpers/browser/keyboard.js';
import { listenTo } from '../../../test/helpers/browser/live-region.js';
import { testsOfLooks } from '../../../test/helpers/browser/looks.js';
import {
  elsewhere,
  expectSame,
  inPage,
  talk,
  type Person,
  type Resident,
} from '../../../test/helpers/browser/people.js';
import { until } from '../../../test/helpers/browser/until.js';
import type { RtcConversation } from './conversation.js';
import '../../define/conversation.js';

const message = (tag: RtcConversation) => byRole<HTMLTextAreaElement>(tag, 'textbox', 'Message');
const log = (tag: RtcConversation) => byRole(tag, 'log', 'Messages');
const lines = (tag: RtcConversation) =>
  [...log(tag).querySelectorAll('.text')].map((line) => line.textContent);

async function setUp(content = html`<rtc-conversation></rtc-conversation>`) {
  const alice = await inPage('Alice', content);
  return { alice, tag: alice.tag('rtc-conversation') };
}

/** Opens a chat of Alice's with somebody, and waits until both can write. */
async function chatWith(alice: Resident, name: string) {
  const person = await elsewhere(name, { server: alice.server });
  const calls = await talk(alice, person, 'chat');
  const [mine, theirs] = [alice.session.chat(name), person.session.chat('Alice')];
  await Promise.all([mine, theirs].map((chat) => until(chat, () => chat.state.open)));
  await rendered(alice.tag('rtc-conversation'));
  return { person, mine, theirs, hangUp: () => calls[0].hangUp() };
}

async function open() {
  const { alice, tag } = await setUp();
  return { alice, tag, ...(await chatWith(alice, 'Bob')) };
}

/** Somebody writes something, which arrives. */
async function hears(alice: Resident, from: Person, text: string): Promise<void> {
  const chat = alice.session.chat(from.name);
  from.session.chat('Alice').send(text);
  await until(chat, () => chat.state.messages.at(-1)?.text === text);
  await rendered(alice.tag('rtc-conversation'));
}

async function write(tag: RtcConversation, text: string): Promise<void> {
  message(tag).focus();
  await type(text);
}

describe('rtc-conversation', () => {
  it('shows nothing as long as there is none', async () => {
    const { tag } = await setUp();
    await rendered(tag);
    expect(textOf(tag)).to.equal('');
    expect(tag.draft).to.equal('');
  });

  it('shows an empty log, a field and a button', async () => {
    const { tag } = await open();
    expect(textOf(log(tag))).to.equal('');
    expect(button(tag, 'Send').disabled).to.equal(false);
    tag.focus();
    expectSame(focused(), message(tag));
    await expectAccessible(tag);
  });

  it('shows the messages of both as “name: message”, and reads each out once', async () => {
    const { alice, tag, person } = await open();
    const said = listenTo(log(tag));
    await hears(alice, person, 'Hello');
    await write(tag, 'Hi');
    await press('Enter');
    await rendered(tag);
    expect(lines(tag)).to.deep.equal(['Bob: Hello', 'Alice: Hi']);
    expect(said).to.deep.equal(['Bob: Hello', 'Bob: Hello Alice: Hi']);
    await expectAccessible(tag);
  });

  it('shows markup as text', async () => {
    const { alice, tag, person } = await open();
    const text = '<img src=x onerror="alert(1)"><b>bold</b> &amp; <script>alert(2)</script>';
    await hears(alice, person, text);
    expect(lines(tag)).to.deep.equal([`Bob: ${text}`]);
    expect(log(tag).querySelector('img, b, script')).to.equal(null);
  });

  it('follows the newest message', async () => {
    const { alice, tag, person } = await open();
    await hears(alice, person, 'line\n'.repeat(80));
    await hears(alice, person, 'the end');
    await new Promise(requestAnimationFrame);
    const { scrollTop, scrollHeight, clientHeight } = log(tag);
    expect(scrollHeight).to.be.greaterThan(clientHeight);
    expect(scrollTop).to.be.closeTo(scrollHeight - clientHeight, 1);
    log(tag).focus();
    expectSame(focused(), log(tag));
  });

  it('stays where it is read while messages arrive and are confirmed', async () => {
    const { alice, tag, person, mine } = await open();
    for (let line = 0; line < 40; line++) mine.send(`line ${line}`);
    await rendered(tag);
    await new Promise(requestAnimationFrame);
    expect(log(tag).scrollTop).to.be.greaterThan(40);
    log(tag).scrollTop = 40;
    await until(mine, () => mine.state.messages.every(({ delivery }) => delivery === 'sent'));
    await rendered(tag);
    await new Promise(requestAnimationFrame);
    expect(log(tag).scrollTop).to.equal(40);
    await hears(alice, person, 'meanwhile');
    await new Promise(requestAnimationFrame);
    expect(log(tag).scrollTop).to.equal(40);
    // A message of one's own is shown.
    await write(tag, 'mine');
    await press('Enter');
    await rendered(tag);
    await new Promise(requestAnimationFrame);
    expect(log(tag).scrollTop).to.be.greaterThan(40);
  });

  it('is that of the person named, even if somebody else wrote last', async () => {
    const content = html`<rtc-conversation peer="Bob"></rtc-conversation>`;
    const { alice, tag } = await setUp(content);
    const bob = await chatWith(alice, 'Bob');
    const carol = await chatWith(alice, 'Carol');
    await hears(alice, bob.person, 'I am Bob');
    await hears(alice, carol.person, 'I am Carol');
    expect(lines(tag)).to.deep.equal(['Bob: I am Bob']);
  });
});

describe('writing a message', () => {
  it('is sent by Enter, and the field is empty for the next', async () => {
    const { tag, theirs } = await open();
    await write(tag, 'one');
    await press('Enter');
    expect(message(tag).value).to.equal('');
    await type('two');
    await press('Enter');
    await until(theirs, () => theirs.state.messages.length === 2);
    expect(theirs.state.messages.map(({ text }) => text)).to.deep.equal(['one', 'two']);
  });

  it('breaks the line by Shift+Enter', async () => {
    const { tag, theirs } = await open();
    await write(tag, 'one');
    await press('Shift+Enter');
    await type('two');
    expect(theirs.state.messages).to.deep.equal([]);
    await press('Enter');
    await until(theirs, () => theirs.state.messages[0]?.text === 'one\ntwo');
    await rendered(tag);
    expect(lines(tag)).to.deep.equal(['Alice: one\ntwo']);
  });

  it('is sent by the button, and goes on in the field', async () => {
    const { tag, theirs } = await open();
    await write(tag, 'Hello');
    await press('Tab');
    expectSame(focused(), button(tag, 'Send'));
    await press('Enter');
    await until(theirs, () => theirs.state.messages[0]?.text === 'Hello');
    expectSame(focused(), message(tag));
  });

  it('sends nothing while there is nothing to see', async () => {
    const { tag, mine } = await open();
    await write(tag, '  \u200b\u2063\u3164');
    await press('Enter');
    button(tag, 'Send').click();
    expect(mine.state.messages).to.deep.equal([]);
  });

  for (const [browsers, composing] of [
    ['most browsers', { isComposing: true }],
    // There the composition ends before the key that ends it is told.
    ['Safari', { keyCode: 229 }],
  ] as const) {
    it(`leaves Enter to an input method that composes a word, as ${browsers} tell`, async () => {
      const { tag, mine } = await open();
      await write(tag, 'にほん');
      const event = new KeyboardEvent('keydown', { key: 'Enter', cancelable: true, ...composing });
      expect(message(tag).dispatchEvent(event)).to.equal(true);
      expect(mine.state.messages).to.deep.equal([]);
      expect(tag.draft).to.equal('にほん');
    });
  }

  it('says that it is too long, and keeps it', async () => {
    const { tag, theirs } = await open();
    const long = 'x'.repeat(40_000);
    message(tag).value = long;
    button(tag, 'Send').click();
    await rendered(tag);
    expect(allByRole(tag, 'alert').map(textOf).join()).to.contain('This message is too long');
    expect(message(tag).value).to.equal(long);
    expect(message(tag).ariaInvalid).to.equal('true');
    await expectAccessible(tag);
    await write(tag, 'short');
    message(tag).value = 'short';
    await press('Enter');
    await rendered(tag);
    expect(allByRole(tag, 'alert').map(textOf)).to.deep.equal([]);
    await until(theirs, () => theirs.state.messages.at(-1)?.text === 'short');
    expect(theirs.state.messages).to.have.length(1);
  });

  it('keeps the draft when a message arrives', async () => {
    const { alice, tag, person } = await open();
    await write(tag, 'Half a sen');
    await hears(alice, person, 'Hello?');
    await type('tence');
    expect(tag.draft).to.equal('Half a sentence');
  });
});

describe('a draft', () => {
  it('does not go to another person when peer changes', async () => {
    const { alice, tag } = await setUp(html`<rtc-conversation peer="Bob"></rtc-conversation>`);
    await chatWith(alice, 'Bob');
    await chatWith(alice, 'Carol');
    await write(tag, 'For Bob');
    tag.peer = 'Carol';
    await rendered(tag);
    expect(message(tag).value).to.equal('');
  });

  it('does not go to somebody whose first message arrives meanwhile', async () => {
    const { alice, tag, mine } = await open();
    await write(tag, 'For ');
    const carol = await chatWith(alice, 'Carol');
    await hears(alice, carol.person, 'Hello');
    await type('Bob');
    await press('Enter');
    expect(mine.state.messages.map(({ text }) => text)).to.deep.equal(['For Bob']);
    await rendered(tag);
    expect(carol.mine.state.messages.map(({ from }) => from)).to.deep.equal(['Carol']);
  });
});

describe('a message that could not be sent', () => {
  it('stays, says so, and can be sent again', async () => {
    const { alice, tag, mine, person, hangUp } = await open();
    hangUp();
    await until(mine, () => !mine.state.open);
    await rendered(tag);
    await write(tag, 'Hello');
    await press('Enter');
    await rendered(tag);
    expect(textOf(log(tag))).to.equal('Alice : Hello Not sent. Send again');
    await expectAccessible(tag);

    // Nothing would come of it before there is a connection again.
    expect((button(tag, 'Send again') as HTMLButtonElement).disabled).to.equal(true);

    const theirs = person.session.chat('Alice');
    await until(theirs, () => !theirs.state.open);
    await talk(alice, person, 'chat');
    await until(mine, () => mine.state.open);
    await rendered(tag);
    button(tag, 'Send again').click();
    await until(mine, () => mine.state.messages[0]?.delivery === 'sent');
    await rendered(tag);
    expect(lines(tag)).to.deep.equal(['Alice: Hello']);
    expect(allByRole(tag, 'button').map((each) => each.computedName)).to.deep.equal(['Send']);
  });
});

describe('rtc-conversation with long words', () =>
  testsOfLooks(async () => {
    const { alice, tag, person, mine, hangUp } = await open();
    await hears(alice, person, 'W'.repeat(200));
    hangUp();
    await until(mine, () => !mine.state.open);
    mine.send('W'.repeat(200));
    return tag;
  }));
