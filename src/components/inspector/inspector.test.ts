import { expect, html } from '@open-wc/testing';
import { expectAccessible } from '../../../test/helpers/browser/accessible.js';
import {
  allByRole,
  button,
  byRole,
  query,
  queryAll,
  rendered,
  textOf,
} from '../../../test/helpers/browser/dom.js';
import { gesture } from '../../../test/helpers/browser/gesture.js';
import { testsOfLooks } from '../../../test/helpers/browser/looks.js';
import { elsewhere, ended, inPage, talk } from '../../../test/helpers/browser/people.js';
import { shown } from '../../../test/helpers/browser/shadow-change.js';
import type { CallKind } from '../../protocol/messages.js';
import type { RtcInspector } from './inspector.js';
import '../../define/inspector.js';
import '../../define/stream.js';

const often = html`<rtc-inspector interval="100"></rtc-inspector>`;

async function inCall(kind: CallKind = 'video', content = often) {
  const alice = await inPage('Alice', content);
  const tag = alice.tag('rtc-inspector');
  const bob = await elsewhere('Bob', { server: alice.server });
  const [call, theirs] = await talk(alice, bob, kind);
  await shown(tag, () => queryAll(tag, '[part="winner"]').length);
  return { alice, bob, call, theirs, tag };
}

const chartNames = (tag: RtcInspector) => queryAll(tag, '.chart .muted').map(textOf);

const states = (tag: RtcInspector) => textOf(byRole(tag, 'table', 'Connection with Bob'));

/** Replaces the clipboard by `write`. */
function clipboard(write: (text: string) => Promise<void>): void {
  Object.defineProperty(navigator, 'clipboard', {
    configurable: true,
    value: { writeText: write },
  });
}

describe('rtc-inspector', () => {
  it('says that there is nothing to see without a call', async () => {
    const alice = await inPage('Alice', often);
    const tag = alice.tag('rtc-inspector');
    await rendered(tag);
    expect(textOf(tag)).to.contain('As soon as there is a call');
    await expectAccessible(tag);
  });

  it('shows states, the pair that won, candidates and both descriptions', async () => {
    const { tag } = await inCall();
    expect(states(tag)).to.contain('connectionState connected');
    expect(textOf(query(tag, '[part="winner"]'))).to.match(/^The pair that won: host .+ ↔ /);
    expect(queryAll(tag, '[part="candidates"] .yes')).to.have.length(2);
    const [local, remote] = queryAll<HTMLDetailsElement>(tag, '[part="description"]');
    expect(textOf(local!)).to.match(/^localDescription : an offer, \d+ lines/);
    expect(textOf(remote!)).to.match(/^remoteDescription : an answer, \d+ lines/);
    await expectAccessible(tag);
  });

  it('explains a line when it is opened', async () => {
    const { tag } = await inCall();
    const [local] = queryAll<HTMLDetailsElement>(tag, '[part="description"]');
    local!.open = true;
    const line = queryAll(local!, 'li').find((item) => textOf(item).startsWith('a=setup:'))!;
    expect(textOf(line)).to.equal('a=setup:actpass');
    query(line, 'summary').click();
    expect(textOf(line)).to.match(/^a=setup:actpass Who begins the encryption \(DTLS\): actpass/);
    await expectAccessible(tag);
  });

  it('keeps a time line from the first description on', async () => {
    const { tag } = await inCall();
    const lines = () =>
      queryAll(tag, '[part="timeline"] tr').map((row) => textOf(row.lastElementChild!));
    await shown(tag, () => lines().includes('connectionState connected'));
    const rows = lines();
    for (const name of [
      'signalingState have-local-offer',
      'signalingState stable',
      'iceGatheringState gathering',
      'iceConnectionState checking',
      'connectionState connected',
    ]) {
      expect(rows).to.include(name);
    }
    expect(rows.some((row) => row.startsWith('icecandidate candidate:'))).to.equal(true);
    expect(rows.some((row) => row.startsWith('track audio'))).to.equal(true);
  });

  it('draws charts, each with all that it shows in words', async () => {
    await gesture();
    // Loudness is that of what is played.
    const { tag } = await inCall('video', html`${often}<rtc-stream></rtc-stream>`);
    await shown(tag, () => chartNames(tag).length === 9);
    expect(chartNames(tag)).to.deep.equal([
      'Sent',
      'Received',
      'Round trip',
      'Jitter',
      'Lost packets',
      'Frame rate',
      'Picture size',
      'Freezes',
      'Loudness',
    ]);
    await shown(tag, () => textOf(tag).includes('160×120'));
    for (const drawing of queryAll<SVGElement>(tag, '.chart svg')) {
      expect(drawing.computedRole).to.be.oneOf(['img', 'image']);
      expect(drawing.computedName).to.match(/: .+ now, between .+ and .+ in the last minute$/);
    }
    await shown(tag, () =>
      queryAll(tag, '.chart path').some((path) => path.getAttribute('d')!.includes('L')),
    );
    expect(textOf(query(tag, '[part="limitation"]'))).to.match(/nothing|processor|network/);
    await expectAccessible(tag);
  });

  it('draws for a chat only the figures that a chat has', async () => {
    const { tag } = await inCall('chat');
    await shown(tag, () => chartNames(tag).length);
    expect(chartNames(tag)).not.to.include('Frame rate');
    await expectAccessible(tag);
  });

  it('copies a report without addresses and passwords', async () => {
    const { call, tag } = await inCall();
    let text = '';
    clipboard(async (report) => void (text = report));
    button(tag, 'Copy report').click();
    await shown(tag, () => textOf(tag).includes('Copied.'));
    const report = JSON.parse(text) as Record<string, unknown>;
    expect(report).to.include.keys('states', 'log', 'stats', 'readings', 'localDescription');
    const secrets = /a=ice-pwd:(\S+)|a=ice-ufrag:(\S+)|candidate:\S+ \d \S+ \d+ (\S+)/g;
    const { localDescription, remoteDescription } = call.transport!.pc;
    const sdp = localDescription!.sdp + remoteDescription!.sdp;
    const found = [...sdp.matchAll(secrets)].map(([, ...groups]) => groups.find(Boolean)!);
    expect(found.length).to.be.greaterThan(3);
    for (const secret of found) expect(text).not.to.contain(secret);
    expect(text).to.contain('address-1');
    await expectAccessible(tag);
  });

  it('copies them too when asked for', async () => {
    const { call, tag } = await inCall();
    let text = '';
    clipboard(async (report) => void (text = report));
    byRole<HTMLInputElement>(tag, 'checkbox', 'With addresses and passwords').click();
    await rendered(tag);
    button(tag, 'Copy report').click();
    await shown(tag, () => textOf(tag).includes('Copied.'));
    const [, password] = /a=ice-pwd:(\S+)/.exec(call.transport!.pc.localDescription!.sdp)!;
    expect(text).to.contain(password);
  });

  it('shows the report where the browser does not let it copy', async () => {
    const { tag } = await inCall();
    clipboard(() => Promise.reject(new DOMException('No', 'NotAllowedError')));
    button(tag, 'Copy report').click();
    await shown(tag, () => textOf(tag).includes('select and copy it here'));
    expect(textOf(query(tag, 'pre'))).to.contain('"connectionState": "connected"');
    await expectAccessible(tag);
  });

  it('keeps its figures when the call is over, and follows the next call', async () => {
    const { alice, bob, call, theirs, tag } = await inCall();
    call.hangUp();
    await Promise.all([call, theirs].map(ended));
    await rendered(tag);
    expect(states(tag)).to.contain('connectionState closed');
    expect(queryAll(tag, '[part="winner"]')).to.have.length(1);
    await talk(alice, bob, 'voice');
    await shown(tag, () => states(tag).includes('connectionState connected'));
  });

  it('looks into the call that it is told, and into no other', async () => {
    const { alice, bob } = await inCall('chat');
    const tag = alice.tag('rtc-inspector');
    const [chat] = alice.session.state.calls;
    const carol = await elsewhere('Carol', { server: alice.server });
    await talk(alice, carol, 'voice');
    await shown(tag, () => allByRole(tag, 'table', 'Connection with Carol').length);
    tag.callId = chat!.id;
    await rendered(tag);
    expect(allByRole(tag, 'table', `Connection with ${bob.name}`)).to.have.length(1);
    tag.callId = 'nobody';
    tag.call = alice.session.mediaCall;
    await rendered(tag);
    expect(allByRole(tag, 'table', 'Connection with Carol')).to.have.length(1);
  });

  testsOfLooks(async () => (await inCall()).tag);
});
