import { expect, fixture, html } from '@open-wc/testing';
import { expectAccessible } from '../../../test/helpers/browser/accessible.js';
import { allByRole, button, byRole, rendered, textOf } from '../../../test/helpers/browser/dom.js';
import { testsOfLooks } from '../../../test/helpers/browser/looks.js';
import {
  callAt,
  elsewhere,
  ended,
  inPage,
  talk,
  type Resident,
} from '../../../test/helpers/browser/people.js';
import { until } from '../../../test/helpers/browser/until.js';
import type { RtcRoster } from './roster.js';
import '../../define/roster.js';

/** Signs people in, and waits until the tag shows them. */
async function join(alice: Resident, ...names: string[]) {
  const people = [];
  for (const name of names) people.push(await elsewhere(name, { server: alice.server }));
  const { roster } = alice.session;
  await until(roster, () => roster.state.online.size === names.length);
  await rendered(alice.tag('rtc-roster'));
  return people;
}

const people = (roster: RtcRoster) =>
  allByRole(roster, 'listitem').map((item) => item.querySelector('bdi')!.textContent);

describe('rtc-roster', () => {
  it('says to sign in first', async () => {
    const alice = await inPage('Alice', html`<rtc-roster></rtc-roster>`, { signIn: false });
    const roster = alice.tag('rtc-roster');
    await rendered(roster);
    expect(textOf(roster)).to.equal('Sign in to call someone.');
    await expectAccessible(roster);
  });

  it('says so in a page without a provider, too', async () => {
    const roster = await fixture<RtcRoster>(html`<rtc-roster></rtc-roster>`);
    expect(textOf(roster)).to.equal('Sign in to call someone.');
  });

  it('says that nobody else is online', async () => {
    const alice = await inPage('Alice', html`<rtc-roster></rtc-roster>`);
    const roster = alice.tag('rtc-roster');
    await rendered(roster);
    expect(textOf(roster)).to.equal('Nobody else is online.');
    await expectAccessible(roster);
  });

  it('shows who else is online, in order, as they come and go', async () => {
    const alice = await inPage('Alice', html`<rtc-roster></rtc-roster>`);
    const roster = alice.tag('rtc-roster');
    const [, bob] = await join(alice, 'Carol', 'Bob');
    expect(allByRole(roster, 'list').map((list) => list.computedName)).to.deep.equal(['Online']);
    expect(people(roster)).to.deep.equal(['Bob', 'Carol']);
    await expectAccessible(roster);
    bob!.session.logout();
    const { state } = alice.session.roster;
    await until(alice.session.roster, () => alice.session.roster.state !== state);
    await rendered(roster);
    expect(people(roster)).to.deep.equal(['Carol']);
  });

  it('calls a person, by video where nothing else is said', async () => {
    const alice = await inPage('Alice', html`<rtc-roster></rtc-roster>`);
    const roster = alice.tag('rtc-roster');
    const [bob] = await join(alice, 'Bob');
    button(roster, 'Call Bob').click();
    const { id } = alice.session.mediaCall!;
    expect((await callAt(bob!, id)).kind).to.equal('video');
  });

  for (const kind of ['voice', 'chat'] as const) {
    it(`calls by ${kind} where it is to`, async () => {
      const alice = await inPage('Alice', html`<rtc-roster kind=${kind}></rtc-roster>`);
      const [bob] = await join(alice, 'Bob');
      button(alice.tag('rtc-roster'), 'Call Bob').click();
      const [call] = alice.session.state.calls;
      expect((await callAt(bob!, call!.id)).kind).to.equal(kind);
    });
  }

  it('calls nobody during a call, and anybody after it', async () => {
    const alice = await inPage('Alice', html`<rtc-roster></rtc-roster>`);
    const roster = alice.tag('rtc-roster');
    const [bob] = await join(alice, 'Bob', 'Carol');
    const [outgoing] = await talk(alice, bob!, 'voice');
    await rendered(roster);
    const disabled = () =>
      allByRole<HTMLButtonElement>(roster, 'button').map((each) => each.disabled);
    expect(disabled()).to.deep.equal([true, true]);
    await expectAccessible(roster);
    outgoing.hangUp();
    await ended(outgoing);
    await rendered(roster);
    expect(disabled()).to.deep.equal([false, false]);
  });

  it('forgets everybody at the sign-out', async () => {
    const alice = await inPage('Alice', html`<rtc-roster></rtc-roster>`);
    await join(alice, 'Bob');
    alice.session.logout();
    await rendered(alice.tag('rtc-roster'));
    expect(textOf(alice.tag('rtc-roster'))).to.equal('Sign in to call someone.');
  });

  it('keeps the focus on the same person as others come', async () => {
    const alice = await inPage('Alice', html`<rtc-roster></rtc-roster>`);
    const roster = alice.tag('rtc-roster');
    await join(alice, 'Carol');
    button(roster, 'Call Carol').focus();
    await elsewhere('Bob', { server: alice.server });
    await until(alice.session.roster, () => alice.session.roster.state.online.size === 2);
    await rendered(roster);
    expect(roster.shadowRoot!.activeElement?.computedName).to.equal('Call Carol');
  });

  it('has the parts that it promises', async () => {
    const alice = await inPage('Alice', html`<rtc-roster></rtc-roster>`);
    await join(alice, 'Bob');
    const roster = alice.tag('rtc-roster');
    expect(byRole(roster, 'list', 'Online').part.value).to.equal('list');
    expect(allByRole(roster, 'listitem').map(({ part }) => part.value)).to.deep.equal(['person']);
  });

  testsOfLooks(async () => {
    const alice = await inPage('Alice', html`<rtc-roster></rtc-roster>`);
    await join(alice, 'W'.repeat(64), 'Bob');
    return alice.tag('rtc-roster');
  });
});
