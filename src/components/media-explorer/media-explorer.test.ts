import { expect, fixture, html } from '@open-wc/testing';
import { expectAccessible } from '../../../test/helpers/browser/accessible.js';
import {
  allByRole,
  byRole,
  query,
  queryAll,
  rendered,
  textOf,
} from '../../../test/helpers/browser/dom.js';
import { press } from '../../../test/helpers/browser/keyboard.js';
import { testsOfLooks } from '../../../test/helpers/browser/looks.js';
import { inPage } from '../../../test/helpers/browser/people.js';
import { shown } from '../../../test/helpers/browser/shadow-change.js';
import type { RtcMediaExplorer } from './media-explorer.js';
import '../../define/media-explorer.js';

/** With the camera and microphone that Chromium makes up. */
const show = () => fixture<RtcMediaExplorer>(html`<rtc-media-explorer></rtc-media-explorer>`);

async function opened(): Promise<RtcMediaExplorer> {
  const tag = await show();
  button(tag, 'getUserMedia()').click();
  await shown(tag, () => allByRole(tag, 'table', 'Video track').length);
  return tag;
}

/** By what it says: to compute the name of each of so many elements takes seconds. */
const button = (root: Element, name: string) =>
  queryAll<HTMLButtonElement>(root, 'button').find(
    ({ textContent }) => textContent.replace(/\s+/g, ' ').trim() === name,
  )!;

const result = (tag: RtcMediaExplorer) => textOf(query(tag, '[role="status"]'));

async function pressed(tag: RtcMediaExplorer, name: string): Promise<string> {
  button(tag, name).click();
  await rendered(tag);
  return result(tag);
}

const stream = (tag: RtcMediaExplorer) =>
  query<HTMLVideoElement>(tag, 'video.self').srcObject as MediaStream;

/** Reads a table: its values by the names of its rows. */
const facts = (table: Element) =>
  Object.fromEntries(
    queryAll(table, 'tr').map((row) => [textOf(row.children[0]!), textOf(row.children[1]!)]),
  );

describe('rtc-media-explorer', () => {
  it('begins with nothing open, and shows the first step', async () => {
    const tag = await show();
    expect(textOf(tag)).to.contain('Press getUserMedia(): the browser asks');
    expect(button(tag, 'getTracks()').disabled).to.equal(true);
    expect(facts(byRole(tag, 'table', 'MediaStream'))).to.include({ id: '–', active: '–' });
    await expectAccessible(tag);
  });

  it('opens camera and microphone, and shows the properties of each track', async () => {
    const tag = await opened();
    expect(result(tag)).to.match(/^getUserMedia\(.*\[2\] audio “.+”, live video “.+”, live$/);
    const { id, active } = facts(byRole(tag, 'table', 'MediaStream'));
    expect([id, active]).to.deep.equal([stream(tag).id, 'true']);
    const [video] = stream(tag).getVideoTracks();
    expect(facts(byRole(tag, 'table', 'Video track'))).to.include({
      id: video!.id,
      kind: 'video',
      label: video!.label,
      enabled: 'true',
      muted: 'false',
      readyState: 'live',
    });
    query<HTMLDetailsElement>(byRole(tag, 'table', 'Video track'), 'details').open = true;
    expect(textOf(byRole(tag, 'table', 'Video track'))).to.contain('"width": 640');
    await expectAccessible(tag);
  });

  it('calls each method that gives tracks', async () => {
    const tag = await opened();
    expect(await pressed(tag, 'getTracks()')).to.match(/^getTracks\(\) \[2\] audio .* video /);
    expect(await pressed(tag, 'getAudioTracks()')).to.match(/^getAudioTracks\(\) \[1\] audio /);
    expect(await pressed(tag, 'getVideoTracks()')).to.match(/^getVideoTracks\(\) \[1\] video /);
    const [first] = stream(tag).getTracks();
    expect(await pressed(tag, 'getTrackById()')).to.contain(first!.id);
  });

  for (const kind of ['audio', 'video'] as const) {
    it(`removes the ${kind} track, which stays open, and adds it again`, async () => {
      const tag = await opened();
      const track = stream(tag)
        .getTracks()
        .find((each) => each.kind === kind)!;
      expect(await pressed(tag, `removeTrack() ${kind}`)).to.contain('live');
      expect(stream(tag).getTracks()).not.to.include(track);
      expect(button(tag, `removeTrack() ${kind}`).disabled).to.equal(true);
      const title = kind === 'audio' ? 'Audio track' : 'Video track';
      expect(allByRole(tag, 'table', title)).to.have.length(0);
      await expectAccessible(tag);
      await pressed(tag, 'addTrack()');
      expect(stream(tag).getTracks()).to.include(track);
      expect(button(tag, 'addTrack()').disabled).to.equal(true);
      expect(allByRole(tag, 'table', title)).to.have.length(1);
    });
  }

  it('clones the stream, and stops the clone alone', async () => {
    const tag = await opened();
    await pressed(tag, 'clone()');
    const clone = query<HTMLVideoElement>(tag, 'video.copy').srcObject as MediaStream;
    expect(result(tag)).to.contain(clone.id);
    expect(clone.id).not.to.equal(stream(tag).id);
    await expectAccessible(tag);
    await pressed(tag, 'Stop the clone');
    expect(clone.active).to.equal(false);
    expect(stream(tag).active).to.equal(true);
    expect(queryAll(tag, 'video.copy')).to.have.length(0);
  });

  it('turns a track off and on, and ends it', async () => {
    const tag = await opened();
    const section = byRole(tag, 'table', 'Video track').parentElement!;
    button(section, 'enabled = false').click();
    await rendered(tag);
    expect(facts(byRole(tag, 'table', 'Video track'))).to.include({ enabled: 'false' });
    button(section, 'enabled = true').click();
    button(section, 'video.stop()').click();
    await rendered(tag);
    const now = facts(byRole(tag, 'table', 'Video track'));
    expect(now).to.include({ enabled: 'true', readyState: 'ended' });
    expect(button(section, 'video.stop()').disabled).to.equal(true);
  });

  it('logs the events of tracks, and the methods called', async () => {
    const tag = await opened();
    stream(tag).getVideoTracks()[0]!.dispatchEvent(new Event('ended'));
    await rendered(tag);
    const rows = queryAll(tag, '[part="timeline"] tr').map(textOf);
    expect(rows[0]).to.match(/ms ended video$/);
    expect(rows[1]).to.match(/ms getUserMedia\(\) /);
  });

  it('asks for the size of a phone, and shows the size it got', async () => {
    const tag = await opened();
    button(tag, 'Mobile: at most 480×320').click();
    await shown(tag, () => result(tag).includes('Really delivered'));
    const { width, height } = stream(tag).getVideoTracks()[0]!.getSettings();
    expect([width! <= 480, height! <= 320]).to.deep.equal([true, true]);
    expect(result(tag)).to.contain(`Really delivered: ${width}×${height}, `);
    await shown(tag, () => textOf(tag).includes(`Self view : ${width}×${height}`));
    await pressed(tag, 'Desktop: at most 800×600');
    const draft = byRole<HTMLTextAreaElement>(tag, 'textbox', 'Constraints as JSON').value;
    expect(JSON.parse(draft)).to.deep.equal({ width: { max: 800 }, height: { max: 600 } });
  });

  it('names the constraint that is too much', async () => {
    const tag = await opened();
    write(tag, '{ "width": { "exact": 12345 } }');
    button(tag, 'applyConstraints()').click();
    await shown(tag, () => result(tag).includes('OverconstrainedError (width)'));
    await expectAccessible(tag);
  });

  it('says that something is no JSON', async () => {
    const tag = await opened();
    write(tag, '{ width: 1 }');
    button(tag, 'applyConstraints()').click();
    await shown(tag, () => result(tag).includes('This is no JSON:'));
  });

  it('edits the constraints of sound as well', async () => {
    const tag = await opened();
    const select = byRole<HTMLSelectElement>(tag, 'combobox', 'Track');
    select.value = 'audio';
    select.dispatchEvent(new Event('change'));
    write(tag, '{ "echoCancellation": false }');
    button(tag, 'applyConstraints()').click();
    await shown(tag, () => result(tag) === 'audio.applyConstraints() Done');
    expect(stream(tag).getAudioTracks()[0]!.getConstraints()).to.deep.equal({
      echoCancellation: false,
    });
  });

  it('says why a device is refused', async () => {
    const alice = await inPage('Alice', html`<rtc-media-explorer></rtc-media-explorer>`, {
      signIn: false,
    });
    alice.devices.refuse = { video: 'NotAllowedError' };
    const tag = alice.tag('rtc-media-explorer');
    button(tag, 'getUserMedia()').click();
    await shown(tag, () => result(tag).includes('NotAllowedError'));
    expect(result(tag)).to.contain('Camera or microphone is blocked.');
    await expectAccessible(tag);
  });

  it('closes all devices when told to, and when it leaves the page', async () => {
    const tag = await opened();
    const first = stream(tag);
    await pressed(tag, 'removeTrack() audio');
    await pressed(tag, 'Stop all tracks');
    expect(first.active).to.equal(false);
    button(tag, 'getUserMedia()').click();
    await shown(tag, () => allByRole(tag, 'table', 'Video track').length);
    const second = stream(tag);
    tag.remove();
    expect(second.active).to.equal(false);
  });

  it('works by keyboard', async () => {
    const tag = await show();
    button(tag, 'getUserMedia()').focus();
    await press('Enter');
    await shown(tag, () => allByRole(tag, 'table', 'Video track').length);
    button(tag, 'getAudioTracks()').focus();
    await press('Space');
    await shown(tag, () => result(tag).startsWith('getAudioTracks()'));
  });

  testsOfLooks(opened);
});

function write(tag: RtcMediaExplorer, text: string): void {
  const field = byRole<HTMLTextAreaElement>(tag, 'textbox', 'Constraints as JSON');
  field.value = text;
  field.dispatchEvent(new Event('input'));
}
