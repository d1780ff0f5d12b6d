import { expect, html } from '@open-wc/testing';
import { expectAccessible } from '../../../test/helpers/browser/accessible.js';
import { crowd, serverWith } from '../../../test/helpers/browser/crowd.js';
import { allByRole, button, byRole, focused, rendered } from '../../../test/helpers/browser/dom.js';
import { press, type } from '../../../test/helpers/browser/keyboard.js';
import { listenTo } from '../../../test/helpers/browser/live-region.js';
import { testsOfLooks } from '../../../test/helpers/browser/looks.js';
import { PageServer } from '../../../test/helpers/browser/page-server.js';
import {
  callAt,
  elsewhere,
  ended,
  expectSame,
  inPage,
  talk,
  typesOf,
} from '../../../test/helpers/browser/people.js';
import { until, untilShown } from '../../../test/helpers/browser/until.js';
import { FakeClock } from '../../../test/helpers/fake-clock.js';
import { SEARCH_DELAY } from '../../core/roster.js';
import type { CallKind } from '../../protocol/messages.js';
import type { RtcDial } from './dial.js';
import '../../define/dial.js';

async function dialOf(content = html`<rtc-dial></rtc-dial>`) {
  const alice = await inPage('Alice', content);
  const bob = await elsewhere('Bob', { server: alice.server });
  const dial = alice.tag('rtc-dial');
  await until(alice.session.roster!, () => alice.session.roster!.state.online.size === 1);
  await rendered(dial);
  return { alice, bob, dial };
}

const field = (dial: RtcDial) => byRole<HTMLInputElement>(dial, 'combobox', 'Username to call');
const problem = (dial: RtcDial) => dial.renderRoot.querySelector('[role="alert"]')!;

describe('rtc-dial', () => {
  it('cannot call before the sign-in', async () => {
    const alice = await inPage('Alice', html`<rtc-dial></rtc-dial>`, { signIn: false });
    const dial = alice.tag('rtc-dial');
    await rendered(dial);
    expect(button(dial, 'Call').disabled).to.equal(true);
    await expectAccessible(dial);
    field(dial).focus();
    await type('Bob');
    await press('Enter');
    expect(alice.events).to.deep.equal([]);
  });

  it('asks for a name, and offers the people online', async () => {
    const { dial } = await dialOf();
    const input = field(dial);
    const offered = [...input.list!.options].map(({ value }) => value);
    expect(offered).to.deep.equal(['Bob']);
    expect(button(dial, 'Call').disabled).to.equal(false);
    await expectAccessible(dial);
  });

  it('offers names from the server that begin with the text typed', async () => {
    const clock = new FakeClock();
    const { url: server } = serverWith(...crowd(150), 'Zoë', 'zora');
    const alice = await inPage('Alice', html`<rtc-dial></rtc-dial>`, {
      server,
      settings: { clock },
    });
    const dial = alice.tag('rtc-dial');
    const offered = () => [...field(dial).list!.options].map(({ value }) => value);
    await untilShown(dial.renderRoot, () => offered().length === 99);
    field(dial).focus();
    await type('Zo');
    await clock.advance(SEARCH_DELAY);
    await untilShown(dial.renderRoot, () => offered().length === 2);
    expect(offered()).to.deep.equal(['zora', 'Zoë']);
    await expectAccessible(dial);
  });

  it('calls by video where nothing else is said, with the keyboard alone', async () => {
    const { alice, bob, dial } = await dialOf();
    await press('Tab');
    expectSame(focused(), field(dial));
    await type(' bob ');
    await press('Enter');
    const { id } = alice.session.mediaCall!;
    expect(await callAt(bob, id)).to.include({ kind: 'video', name: 'Alice' });
    expect(bob.session.state.calls).to.have.length(1);
  });

  for (const kind of ['voice', 'chat'] as CallKind[]) {
    it(`calls by ${kind} where it is to, with a click`, async () => {
      const { alice, bob, dial } = await dialOf(html`<rtc-dial kind=${kind}></rtc-dial>`);
      field(dial).value = 'Bob';
      button(dial, 'Call').click();
      const [call] = alice.session.state.calls;
      expect((await callAt(bob, call!.id)).kind).to.equal(kind);
    });
  }

  it('shows the error of an invalid name once, at the field', async () => {
    const { alice, dial } = await dialOf();
    const said = listenTo(problem(dial));
    field(dial).focus();
    await press('Tab', 'Enter');
    await rendered(dial);
    expect(said).to.deep.equal(['A username has 1 to 64 characters that can be seen.']);
    expectSame(focused(), field(dial));
    expect(field(dial).getAttribute('aria-invalid')).to.equal('true');
    expectSame(field(dial).ariaDescribedByElements?.[0], problem(dial));
    expect(alice.session.state.calls).to.deep.equal([]);
    await expectAccessible(dial);

    await type('Bob');
    await press('Enter');
    await rendered(dial);
    expect(problem(dial).checkVisibility()).to.equal(false);
    expect(field(dial).getAttribute('aria-invalid')).to.equal('false');
    expect(typesOf(alice.events)).to.deep.equal(['rtc-login']);
  });

  it('calls nobody during a call, and again after it', async () => {
    const { alice, bob, dial } = await dialOf();
    const [outgoing] = await talk(alice, bob, 'voice');
    await rendered(dial);
    expect(button(dial, 'Call').disabled).to.equal(true);
    await expectAccessible(dial);
    outgoing.hangUp();
    await ended(outgoing);
    await rendered(dial);
    expect(button(dial, 'Call').disabled).to.equal(false);
  });

  it('can still ask for a chat during a call', async () => {
    const { alice, bob, dial } = await dialOf(html`<rtc-dial kind="chat"></rtc-dial>`);
    await talk(alice, bob, 'voice');
    await rendered(dial);
    expect(button(dial, 'Call').disabled).to.equal(false);
  });

  it('keeps the text typed when others come online', async () => {
    const { alice, dial } = await dialOf();
    field(dial).focus();
    await type('Car');
    await elsewhere('Carol', { server: alice.server });
    await until(alice.session.roster!, () => alice.session.roster!.state.online.size === 2);
    await rendered(dial);
    expect(field(dial).value).to.equal('Car');
    expectSame(focused(), field(dial));
  });

  it('cannot call while the server is away', async () => {
    const server = new PageServer();
    const clock = new FakeClock();
    const content = html`<rtc-dial></rtc-dial>`;
    const alice = await inPage('Alice', content, { server: server.url, settings: { clock } });
    const dial = alice.tag('rtc-dial');
    server.drop();
    await rendered(dial);
    expect(button(dial, 'Call').disabled).to.equal(true);
    await clock.advance(0);
    await until(alice.session, () => alice.session.signaling.state.status === 'signed-in');
    await rendered(dial);
    expect(button(dial, 'Call').disabled).to.equal(false);
  });

  it('puts the focus where a call begins', async () => {
    const { dial } = await dialOf();
    dial.focus();
    expectSame(focused(), field(dial));
  });

  it('has the parts that it promises', async () => {
    const { dial } = await dialOf();
    const parts = [...dial.renderRoot.querySelectorAll('[part]')].map(({ part }) => part.value);
    expect(parts).to.deep.equal(['form', 'button', 'error']);
  });

  testsOfLooks(async () => {
    const { dial } = await dialOf();
    button(dial, 'Call').click();
    return dial;
  });
});

describe('rtc-dial with peer', () => {
  it('is just a Call button', async () => {
    const { alice, bob, dial } = await dialOf(html`<rtc-dial peer="Bob"></rtc-dial>`);
    expect(allByRole(dial, 'combobox')).to.deep.equal([]);
    expect(dial.renderRoot.querySelector('bdi')!.textContent).to.equal('Bob');
    await expectAccessible(dial);
    dial.focus();
    expectSame(focused(), button(dial, 'Call'));
    await press('Enter');
    const { id } = alice.session.mediaCall!;
    expect((await callAt(bob, id)).name).to.equal('Alice');
  });

  testsOfLooks(async () => {
    const { dial } = await dialOf(html`<rtc-dial peer=${'W'.repeat(64)}></rtc-dial>`);
    return dial;
  });
});
