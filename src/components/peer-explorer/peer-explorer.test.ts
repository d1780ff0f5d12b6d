import { expect, fixture, html } from '@open-wc/testing';
import { expectAccessible } from '../../../test/helpers/browser/accessible.js';
import { byRole, query, queryAll, rendered, textOf } from '../../../test/helpers/browser/dom.js';
import { gesture } from '../../../test/helpers/browser/gesture.js';
import { press, type } from '../../../test/helpers/browser/keyboard.js';
import { testsOfLooks } from '../../../test/helpers/browser/looks.js';
import { inPage, type Resident } from '../../../test/helpers/browser/people.js';
import { shown } from '../../../test/helpers/browser/shadow-change.js';
import { pairSteps } from '../../core/inspect/local-pair.js';
import type { RtcPeerExplorer } from './peer-explorer.js';
import '../../define/peer-explorer.js';

const show = () =>
  fixture<RtcPeerExplorer>(html`<rtc-peer-explorer interval="100"></rtc-peer-explorer>`);

// By selectors: to compute the role of each of so many elements, again and again, takes seconds.

const tables = (tag: RtcPeerExplorer, title: string) =>
  queryAll(tag, 'table').filter(
    (table) => (table.getAttribute('aria-label') ?? textOf(table.children[0]!)) === title,
  );

const states = (tag: RtcPeerExplorer, title: string) => tables(tag, title).map(textOf).join();

/** The button with this name. */
const button = (tag: RtcPeerExplorer, name: string) =>
  queryAll<HTMLButtonElement>(tag, 'button').find(
    (each) => each.checkVisibility() && (each.ariaLabel ?? textOf(each)) === name,
  )!;

const field = (tag: RtcPeerExplorer, name: string) =>
  query<HTMLInputElement>(tag, `input[name="${name}"]`);

const log = (tag: RtcPeerExplorer) => queryAll(tag, '[part="timeline"] tr').map(textOf).reverse();

const result = (tag: RtcPeerExplorer) => textOf(query(tag, '[part="result"]'));

const received = (tag: RtcPeerExplorer) => textOf(query(tag, '.received'));

/** Both ends on the page, connected, with the channels open. */
async function connected(tag?: RtcPeerExplorer): Promise<RtcPeerExplorer> {
  tag ??= await show();
  button(tag, 'Establish connection').click();
  await up(tag);
  return tag;
}

async function up(tag: RtcPeerExplorer): Promise<void> {
  await shown(tag, () => tables(tag, 'States B').length);
  await shown(
    tag,
    () =>
      states(tag, 'States A').includes('connectionState connected') &&
      states(tag, 'States B').includes('connectionState connected'),
  );
}

async function open(tag: RtcPeerExplorer, label: string): Promise<void> {
  await shown(
    tag,
    () => tables(tag, label).length && states(tag, label).includes('readyState open'),
  );
}

async function tick(tag: RtcPeerExplorer, ...names: string[]): Promise<void> {
  for (const name of names) byRole<HTMLInputElement>(tag, 'checkbox', name).click();
  await rendered(tag);
}

/** Writes into a field and sends its form, as Enter does. */
function submit(form: HTMLFormElement, fields: Record<string, string | boolean>): void {
  for (const [name, value] of Object.entries(fields)) {
    const field = form.elements.namedItem(name) as HTMLInputElement;
    if (typeof value === 'string') field.value = value;
    else field.checked = value;
  }
  form.requestSubmit();
}

const formWith = (tag: RtcPeerExplorer, name: string) =>
  queryAll<HTMLFormElement>(tag, 'form').find((form) => form.elements.namedItem(name))!;

describe('rtc-peer-explorer, alone', () => {
  it('begins with the first step', async () => {
    const tag = await show();
    expect(textOf(tag)).to.contain('Two ends on this page, A and B');
    expect(textOf(query(tag, '[role="status"]'))).to.equal('Next: new RTCPeerConnection()');
    await expectAccessible(tag);
  });

  it('takes a step at a time, and shows its changes', async () => {
    const tag = await show();
    const after: string[] = [];
    for (const [index, step] of pairSteps.entries()) {
      expect(textOf(queryAll(tag, '[role="status"]')[0]!)).to.equal(`Next: ${step}`);
      button(tag, 'Next step').click();
      await shown(tag, () => queryAll(tag, '.done').length === index + 1);
      after.push(states(tag, 'States A').split(' ')[3]!);
      if (index === 3) await expectAccessible(tag);
    }
    expect(after).to.deep.equal([
      ...['stable', 'stable', 'stable'],
      ...['have-local-offer', 'have-local-offer', 'have-local-offer', 'have-local-offer'],
      ...['stable', 'stable'],
    ]);
    await up(tag);
    expect(textOf(tag)).to.contain('All steps are taken. Either button begins anew.');
  });

  it('takes all steps at once, and says which pair won', async () => {
    const tag = await connected();
    await shown(tag, () => queryAll(tag, '[part="winner"]').length);
    expect(textOf(query(tag, '[part="winner"]'))).to.match(
      /^The pair that won: host .+ ↔ (host|prflx)/,
    );
    expect(queryAll(tag, '[part="candidates"] .yes')).to.have.length(2);
    await expectAccessible(tag);
  });

  it('notes each step, state and event of both ends', async () => {
    const tag = await connected();
    await open(tag, 'B “data”');
    const all = log(tag);
    const has = (pattern: RegExp) => {
      if (!all.some((row) => pattern.test(row))) throw new Error(`No ${pattern} in ${all.join()}`);
    };
    has(/ms A signalingState have-local-offer/);
    has(/ms B signalingState have-remote-offer/);
    has(/ms A iceGatheringState gathering/);
    has(/ms B iceConnectionState checking/);
    has(/ms A negotiationneeded/);
    has(/ms A icecandidate candidate:/);
    has(/ms B datachannel “data”/);
    has(/ms B open “data”/);
    for (const step of pairSteps) has(new RegExp(step.replace(/[().]/g, '\\$&')));
  });

  it('has four descriptions, with each line explained on demand', async () => {
    const tag = await connected();
    const all = queryAll<HTMLDetailsElement>(tag, '[part="description"]');
    expect(all.map((each) => textOf(each.querySelector('code')!))).to.deep.equal([
      'A.localDescription',
      'A.remoteDescription',
      'B.localDescription',
      'B.remoteDescription',
    ]);
    all[0]!.open = true;
    const line = queryAll(all[0]!, 'li').find((item) => textOf(item).startsWith('m=application'))!;
    query(line, 'summary').click();
    expect(textOf(line)).to.contain('A section begins: application, carried by UDP/DTLS/SCTP.');
    await expectAccessible(tag);
  });

  it('sends text and bytes from end to end', async () => {
    const tag = await connected();
    await open(tag, 'A “data”');
    await open(tag, 'B “data”');
    const [a, b] = queryAll<HTMLFormElement>(tag, 'form').filter((form) =>
      form.elements.namedItem('text'),
    );
    submit(a!, { text: 'hello' });
    await shown(tag, () => received(tag).includes('B “data”: hello'));
    submit(b!, { text: 'and hello' });
    await shown(tag, () => received(tag).includes('A “data”: and hello'));
    button(tag, 'A “data” Send 256 KiB').click();
    await rendered(tag);
    const meters = () => queryAll<HTMLMeterElement>(tag, 'meter').map(({ value }) => value);
    expect(meters()[0]).to.be.greaterThan(0);
    await shown(tag, () => received(tag).includes('B “data”: 16384 bytes'));
    await shown(tag, () => log(tag).some((row) => row.includes('bufferedamountlow “data”')));
    await shown(tag, () => meters().every((value) => value === 0));
    await expectAccessible(tag);
  });

  it('makes channels with each option, and closes a channel', async () => {
    const tag = await connected();
    await open(tag, 'B “data”');
    const form = formWith(tag, 'label');
    submit(form, { label: 'few', ordered: false, maxRetransmits: '2', protocol: 'game' });
    await open(tag, 'B “few”');
    const facts = states(tag, 'B “few”');
    expect(facts).to.contain('ordered false maxRetransmits 2 protocol game negotiated false');
    submit(form, { label: 'brief', ordered: true, maxRetransmits: '', maxPacketLifeTime: '50' });
    await open(tag, 'B “brief”');
    expect(states(tag, 'B “brief”')).to.contain('maxPacketLifeTime 50');
    submit(form, { label: 'agreed', maxPacketLifeTime: '', negotiated: true, id: '100' });
    await open(tag, 'B “agreed”');
    expect(states(tag, 'A “agreed”')).to.contain('id 100');
    button(tag, 'A “few” close()').click();
    await shown(tag, () => states(tag, 'B “few”').includes('readyState closed'));
    expect(log(tag).some((row) => /ms B close “few”/.test(row))).to.equal(true);
  });

  it('shows the error of a channel', async () => {
    const tag = await connected();
    const form = formWith(tag, 'label');
    form.closest('details')!.open = true;
    submit(form, { maxRetransmits: '1', maxPacketLifeTime: '1' });
    await rendered(tag);
    expect(textOf(tag)).to.match(/Error: .*createDataChannel/);
  });

  it('sends sound and picture, and tones', async () => {
    await gesture();
    const alice = await inPage(
      'Alice',
      html`<rtc-peer-explorer interval="100"></rtc-peer-explorer>`,
      { signIn: false },
    );
    const tag = alice.tag('rtc-peer-explorer');
    await tick(tag, 'Sound', 'Picture');
    await connected(tag);
    const video = query<HTMLVideoElement>(tag, 'video.far');
    if (!video.videoWidth) {
      await new Promise((resolve) => video.addEventListener('resize', resolve, { once: true }));
    }
    expect([video.videoWidth, video.videoHeight]).to.deep.equal([160, 120]);
    expect(log(tag).some((row) => /ms B track video/.test(row))).to.equal(true);
    submit(formWith(tag, 'tones'), { tones: '12' });
    await shown(tag, () => log(tag).some((row) => row.includes('tonechange “1”')));
    expect(result(tag)).to.equal('A.insertDTMF() Done');
    await expectAccessible(tag);
    button(tag, 'close()').click();
    expect(alice.devices.live).to.deep.equal([]);
  });

  it('says why a device could not be had, and connects all the same', async () => {
    const alice = await inPage('Alice', html`<rtc-peer-explorer></rtc-peer-explorer>`, {
      signIn: false,
    });
    alice.devices.refuse = { audio: 'NotFoundError' };
    const tag = alice.tag('rtc-peer-explorer');
    await tick(tag, 'Sound');
    await connected(tag);
    expect(textOf(tag)).to.contain('No microphone was found.');
    await expectAccessible(tag);
  });

  it('calls the other methods', async () => {
    const tag = await connected();
    button(tag, 'getStats()').click();
    await shown(tag, () => queryAll(tag, '[part="result"]').length);
    expect(result(tag)).to.match(/candidate-pair: \d/);
    button(tag, 'getConfiguration()').click();
    await shown(tag, () => result(tag).includes('"iceTransportPolicy": "all"'));
    const form = queryAll<HTMLFormElement>(tag, 'form').find((each) =>
      textOf(each).includes('setConfiguration()'),
    )!;
    const field = query<HTMLTextAreaElement>(form, 'textarea');
    field.value = field.value.replace('"all"', '"relay"');
    field.dispatchEvent(new Event('input'));
    form.requestSubmit();
    await shown(tag, () => result(tag) === 'A.setConfiguration() Done');
    button(tag, 'getConfiguration()').click();
    await shown(tag, () => result(tag).includes('"iceTransportPolicy": "relay"'));
    field.value = '{';
    field.dispatchEvent(new Event('input'));
    form.requestSubmit();
    await shown(tag, () => result(tag).includes('SyntaxError'));
    await expectAccessible(tag);
  });

  it('restarts ICE: the credentials are others', async () => {
    const tag = await connected();
    const ufrag = () =>
      queryAll(tag, '.ice-ufrag')
        .map((each) => each.textContent)
        .join();
    const before = ufrag();
    button(tag, 'restartIce()').click();
    await shown(tag, () => ufrag() && ufrag() !== before);
    await up(tag);
  });

  it('closes, and connects anew', async () => {
    const tag = await connected();
    button(tag, 'close()').click();
    await rendered(tag);
    expect(states(tag, 'States A')).to.contain('connectionState closed');
    expect(button(tag, 'restartIce()').disabled).to.equal(true);
    await expectAccessible(tag);
    await connected(tag);
  });

  it('works by keyboard', async () => {
    const tag = await show();
    button(tag, 'Establish connection').focus();
    await press('Enter');
    await up(tag);
    await open(tag, 'A “data”');
    await open(tag, 'B “data”');
    field(tag, 'text').focus();
    await type('by keyboard');
    await press('Enter');
    await shown(tag, () => received(tag).includes('B “data”: by keyboard'));
  });

  testsOfLooks(async () => {
    const tag = await connected();
    await open(tag, 'B “data”');
    return tag;
  });
});

describe('rtc-peer-explorer, with another person', () => {
  const explorer = html`<rtc-peer-explorer mode="together" interval="100"></rtc-peer-explorer>`;

  async function two(): Promise<[Resident, Resident]> {
    const alice = await inPage('Alice', explorer);
    const bob = await inPage('Bob', explorer, { server: alice.server });
    await Promise.all([alice, bob].map(({ provider }) => rendered(provider)));
    return [alice, bob];
  }

  const tagOf = (person: Resident) => person.tag('rtc-peer-explorer');

  async function call(alice: Resident, bob: Resident): Promise<void> {
    const tag = tagOf(alice);
    field(tag, 'peer').value = bob.name;
    button(tag, 'Establish connection').click();
    await shown(tagOf(bob), () => button(tagOf(bob), 'Accept'));
  }

  async function talking(): Promise<[Resident, Resident]> {
    const [alice, bob] = await two();
    await call(alice, bob);
    button(tagOf(bob), 'Accept').click();
    await both([alice, bob]);
    return [alice, bob];
  }

  /** Until both are connected. */
  async function both(people: readonly Resident[]): Promise<void> {
    for (const tag of people.map(tagOf)) {
      await shown(tag, () => tables(tag, 'States').length);
      await shown(tag, () => states(tag, 'States').includes('connectionState connected'));
    }
  }

  const progress = (tag: RtcPeerExplorer) => textOf(query(tag, '[part="progress"]'));

  const ready = (tag: RtcPeerExplorer) => button(tag, 'Next step').ariaDisabled === 'false';

  async function next(tag: RtcPeerExplorer): Promise<void> {
    button(tag, 'Next step').click();
    await rendered(tag);
  }

  it('signs in first', async () => {
    const alice = await inPage('Alice', explorer, { signIn: false });
    const tag = tagOf(alice);
    await rendered(tag);
    expect(button(tag, 'Establish connection').disabled).to.equal(true);
    await expectAccessible(tag);
    query<HTMLInputElement>(tag, 'rtc-login').shadowRoot!.querySelector('input')!.value = 'Alice';
    button(tag, 'Sign in').click();
    await shown(tag, () => !button(tag, 'Establish connection').disabled);
  });

  it('rings the partner, and connects once they accept', async () => {
    const [alice, bob] = await two();
    await call(alice, bob);
    expect(textOf(tagOf(bob))).to.contain('Alice would like to chat');
    for (const person of [alice, bob]) await expectAccessible(tagOf(person));
    button(tagOf(bob), 'Accept').click();
    const tag = tagOf(alice);
    await shown(tag, () => tables(tag, 'States').length);
    await shown(tag, () => states(tag, 'States').includes('connectionState connected'));
    await shown(tag, () => queryAll(tag, '[part="winner"]').length);
    await expectAccessible(tag);
  });

  it('takes a step at a time, once the partner has accepted', async () => {
    const [alice, bob] = await two();
    const tag = tagOf(alice);
    expect(progress(tag)).to.equal('Next: createOffer()');
    field(tag, 'peer').value = bob.name;
    await next(tag);
    expect(progress(tag)).to.match(/^Bob has to accept first\. From then on you have 30 seconds/);
    await expectAccessible(tag);
    await shown(tagOf(bob), () => button(tagOf(bob), 'Accept'));
    button(tagOf(bob), 'Accept').click();
    for (const [step, before, after] of [
      ['setLocalDescription(offer)', 'stable', 'have-local-offer'],
      ['setRemoteDescription(answer)', 'have-local-offer', 'stable'],
    ] as const) {
      await shown(tag, () => progress(tag) === `Next: ${step}` && ready(tag));
      expect(states(tag, 'States')).to.contain(`signalingState ${before}`);
      await expectAccessible(tag);
      await next(tag);
      await shown(tag, () => states(tag, 'States').includes(`signalingState ${after}`));
    }
    await shown(tag, () => progress(tag) === 'Next: addIceCandidate()' && ready(tag));
    expect(states(tag, 'States')).to.contain('connectionState new');
    await next(tag);
    await both([alice, bob]);
    expect(progress(tag)).to.equal('All steps are taken.');
    expect(log(tag).some((row) => row.endsWith('setLocalDescription(offer)'))).to.equal(true);
    submit(formWith(tag, 'label'), { label: 'stepped' });
    await open(tagOf(bob), '“stepped”');
  });

  it('steps at the side that is called, which accepts by the first', async () => {
    const [alice, bob] = await two();
    await call(alice, bob);
    const tag = tagOf(bob);
    expect(progress(tag)).to.equal('Next: setRemoteDescription(offer)');
    await next(tag);
    await shown(tag, () => progress(tag) === 'Next: setLocalDescription(answer)' && ready(tag));
    expect(states(tag, 'States')).to.contain('signalingState have-remote-offer');
    await next(tag);
    await shown(tag, () => progress(tag) === 'Next: addIceCandidate()' && ready(tag));
    await next(tag);
    await both([alice, bob]);
  });

  it('takes the steps that are left at once', async () => {
    const [alice, bob] = await two();
    field(tagOf(alice), 'peer').value = bob.name;
    await next(tagOf(alice));
    button(tagOf(alice), 'Establish connection').click();
    await shown(tagOf(bob), () => button(tagOf(bob), 'Accept'));
    button(tagOf(bob), 'Establish connection').click();
    await both([alice, bob]);
  });

  it('says that the time ran out, and begins anew', async () => {
    const [alice, bob] = await two();
    const tag = tagOf(alice);
    alice.provider.settings = { ...alice.provider.settings, connectTimeout: 1000 };
    field(tag, 'peer').value = bob.name;
    await next(tag);
    await shown(tagOf(bob), () => button(tagOf(bob), 'Accept'));
    button(tagOf(bob), 'Accept').click();
    await shown(tag, () => progress(tag).startsWith('The call ended before all steps were taken.'));
    await rendered(tag);
    expect(textOf(tag)).to.contain('No connection with Bob could be made.');
    await expectAccessible(tag);
    await next(tag);
    await shown(tag, () => progress(tag).startsWith('Bob has to accept first.'));
  });

  it('asks for a name', async () => {
    const [alice] = await two();
    const tag = tagOf(alice);
    await next(tag);
    expect(textOf(query(tag, '#problem'))).to.not.equal('');
    expect(tag.shadowRoot!.activeElement).to.equal(field(tag, 'peer'));
    await expectAccessible(tag);
  });

  it('carries a channel of its own, which is no chat', async () => {
    const [alice, bob] = await talking();
    submit(formWith(tagOf(alice), 'label'), { label: 'mine' });
    await open(tagOf(alice), '“mine”');
    await open(tagOf(bob), '“mine”');
    submit(formWith(tagOf(alice), 'text'), { text: 'hello Bob' });
    await shown(tagOf(bob), () => received(tagOf(bob)).includes('“mine”: hello Bob'));
    expect(bob.session.state.chats.flatMap(({ state }) => state.messages)).to.deep.equal([]);
  });

  it('hangs up by close()', async () => {
    const [alice, bob] = await talking();
    button(tagOf(alice), 'close()').click();
    await shown(tagOf(bob), () => states(tagOf(bob), 'States').includes('connectionState closed'));
    await rendered(tagOf(bob));
    expect(textOf(tagOf(bob))).to.contain('The chat with Alice has ended.');
  });

  it('calls by voice and by video where sound and picture are to go along', async () => {
    const [alice, bob] = await two();
    await tick(tagOf(alice), 'Picture');
    await call(alice, bob);
    expect(textOf(tagOf(bob))).to.contain('Alice is calling: video call');
  });

  it('turns to a caller while it is alone', async () => {
    const [alice, bob] = await two();
    byRole<HTMLInputElement>(tagOf(bob), 'radio', 'On this page').click();
    await rendered(tagOf(bob));
    await call(alice, bob);
    button(tagOf(bob), 'Accept').click();
    await shown(tagOf(bob), () => tables(tagOf(bob), 'States').length);
    expect(byRole<HTMLInputElement>(tagOf(bob), 'radio', 'With another person').checked).to.equal(
      true,
    );
  });
});
