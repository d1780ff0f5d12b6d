import { expect, fixture, html } from '@open-wc/testing';
import { expectAccessible } from '../../../test/helpers/browser/accessible.js';
import { crowd, serverWith } from '../../../test/helpers/browser/crowd.js';
import {
  allByRole,
  button,
  byRole,
  focused,
  rendered,
  textOf,
} from '../../../test/helpers/browser/dom.js';
import { press, type } from '../../../test/helpers/browser/keyboard.js';
import { listenTo, spoken } from '../../../test/helpers/browser/live-region.js';
import { testsOfLooks } from '../../../test/helpers/browser/looks.js';
import {
  callAt,
  elsewhere,
  ended,
  expectSame,
  inPage,
  talk,
  type Resident,
} from '../../../test/helpers/browser/people.js';
import { until, untilShown } from '../../../test/helpers/browser/until.js';
import { FakeClock } from '../../../test/helpers/fake-clock.js';
import { SEARCH_DELAY } from '../../core/roster.js';
import type { RtcRoster } from './roster.js';
import '../../define/roster.js';

/** Signs people in, and waits until the tag shows them. */
async function join(alice: Resident, ...names: string[]) {
  const people = [];
  for (const name of names) people.push(await elsewhere(name, { server: alice.server }));
  const roster = alice.session.roster!;
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

  it('shows the other people online, in order, as they come and go', async () => {
    const alice = await inPage('Alice', html`<rtc-roster></rtc-roster>`);
    const roster = alice.tag('rtc-roster');
    const [, bob] = await join(alice, 'Carol', 'Bob');
    expect(allByRole(roster, 'list').map((list) => list.computedName)).to.deep.equal(['Online']);
    expect(people(roster)).to.deep.equal(['Bob', 'Carol']);
    await expectAccessible(roster);
    bob!.session.logout();
    const { state } = alice.session.roster!;
    await until(alice.session.roster!, () => alice.session.roster!.state !== state);
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
    await until(alice.session.roster!, () => alice.session.roster!.state.online.size === 2);
    await rendered(roster);
    expect(roster.shadowRoot!.activeElement?.computedName).to.equal('Call Carol');
  });

  describe('with more people online than it lists', () => {
    async function among(names: string[], content = html`<rtc-roster></rtc-roster>`) {
      const clock = new FakeClock();
      const { url: server } = serverWith(...names);
      const alice = await inPage('Alice', content, { server, settings: { clock } });
      const roster = alice.tag('rtc-roster');
      await until(alice.session.roster!, () => alice.session.roster!.state.total === names.length);
      await rendered(roster);
      return { alice, roster, clock };
    }

    const field = (roster: RtcRoster) => byRole<HTMLInputElement>(roster, 'searchbox', 'Search');
    const status = (roster: RtcRoster) => roster.renderRoot.querySelector('[role="status"]')!;

    /** Types into the field, and waits for what the server has found. */
    async function search({ roster, clock }: Awaited<ReturnType<typeof among>>, text: string) {
      const said = listenTo(status(roster));
      field(roster).focus();
      await type(text);
      await clock.advance(SEARCH_DELAY);
      await spoken(status(roster));
      await rendered(roster);
      return said;
    }

    it('lists the first hundred, and says how many more there are', async () => {
      const { roster } = await among(crowd(120));
      expect(people(roster)).to.deep.equal(['Alice', ...crowd(99)].slice(1));
      expect(textOf(roster)).to.match(/21 more online$/);
      expect(field(roster).value).to.equal('');
      await expectAccessible(roster);
    });

    it('finds the others at the server, and says how many once', async () => {
      const at = await among([...crowd(120), 'Zoë', 'zora']);
      expect(await search(at, 'Zo')).to.deep.equal(['2 found']);
      expect(people(at.roster)).to.deep.equal(['zora', 'Zoë']);
      expect(textOf(at.roster)).not.to.contain('more online');
      expectSame(focused(), field(at.roster));
      await expectAccessible(at.roster);
      const said = listenTo(status(at.roster));
      await elsewhere('Zoltan', { server: at.alice.server });
      await untilShown(at.roster.renderRoot, () => people(at.roster).length === 3);
      expect(people(at.roster)).to.deep.equal(['Zoltan', 'zora', 'Zoë']);
      expect(said).to.deep.equal([]);
    });

    it('says that nobody has the name that is searched for', async () => {
      const at = await among(crowd(120));
      expect(await search(at, 'x')).to.deep.equal(['0 found']);
      expect(textOf(at.roster)).to.contain('Nobody online has such a name.');
      await expectAccessible(at.roster);
    });

    it('calls a person found, with the keyboard alone', async () => {
      const at = await among(crowd(120));
      const zoe = await elsewhere('Zoë', { server: at.alice.server });
      await search(at, 'zo');
      await press('Tab', 'Enter');
      const { id } = at.alice.session.mediaCall!;
      expect((await callAt(zoe, id)).name).to.equal('Alice');
    });

    it('lists as many as it is to', async () => {
      const { alice, roster } = await among(
        ['bob', 'carol', 'dave'],
        html`<rtc-roster limit="3"></rtc-roster>`,
      );
      expect(people(roster)).to.deep.equal(['bob', 'carol']);
      expect(textOf(roster)).to.match(/1 more online$/);
      roster.limit = 10;
      await until(alice.session, () => alice.session.roster!.state.online.size === 3);
      await rendered(roster);
      expect(people(roster)).to.deep.equal(['bob', 'carol', 'dave']);
      expect(textOf(roster)).not.to.contain('more online');
    });

    it('forgets the search at the sign-out', async () => {
      const at = await among(crowd(120));
      await search(at, 'x');
      at.alice.session.logout();
      await rendered(at.roster);
      expect(textOf(at.roster)).to.equal('Sign in to call someone.');
      await at.alice.provider.login('Alice');
      const roster = at.alice.session.roster!;
      await until(roster, () => roster.state.total === 120);
      await rendered(at.roster);
      expect([field(at.roster).value, people(at.roster).length]).to.deep.equal(['', 99]);
    });

    testsOfLooks(async () => {
      const { roster } = await among(
        [...crowd(3), 'W'.repeat(64)],
        html`<rtc-roster limit="2"></rtc-roster>`,
      );
      return roster;
    });
  });

  it('has no field to search in while it lists everybody', async () => {
    const alice = await inPage('Alice', html`<rtc-roster></rtc-roster>`);
    await join(alice, 'Bob');
    expect(allByRole(alice.tag('rtc-roster'), 'searchbox')).to.deep.equal([]);
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
