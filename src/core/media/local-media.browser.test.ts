import { expect } from '@open-wc/testing';
import { Devices } from '../../../test/helpers/browser/devices.js';
import '../../../test/helpers/browser/quiet-console.js';
import type { RtcError } from '../errors.js';
import { defaultSettings } from '../settings.js';
import { LocalMedia } from './local-media.js';

let devices: Devices;
let media: LocalMedia;
let errors: RtcError[];

beforeEach(() => {
  devices = new Devices();
  errors = [];
  const settings = { ...defaultSettings, getUserMedia: devices.getUserMedia };
  media = new LocalMedia(settings, (error) => errors.push(error));
});
afterEach(() => media.stop());

const open = () => media.open({ audio: true, video: true });
const kinds = () => media.state.stream?.getTracks().map(({ kind }) => kind);

describe('one’s own microphone and camera', () => {
  it('are closed at first, pending while they are asked for, and then on', async () => {
    expect(media.state).to.deep.equal({ microphone: false, camera: false, pending: false });
    const opening = open();
    expect(media.state.pending).to.equal(true);
    await opening;
    const { stream, ...state } = media.state;
    expect(state).to.deep.include({ microphone: true, camera: true, pending: false });
    expect(stream?.getTracks()).to.deep.equal([media.audioTrack, media.videoTrack]);
  });

  it('say what could not be had, and forget it once it can', async () => {
    devices.refuse = { video: 'NotReadableError' };
    await open();
    expect(media.state).to.include({ microphone: true, camera: false, error: 'media-in-use' });
    expect(errors.map(({ code }) => code)).to.deep.equal(['media-in-use']);
    devices.refuse = {};
    await media.setCamera(true);
    expect(media.state).to.include({ microphone: true, camera: true, error: undefined });
  });

  it('are closed when they open only after the end', async () => {
    const answer = devices.hold();
    const opening = open();
    media.stop();
    answer();
    await opening;
    expect(devices.opened).to.have.length(2);
    expect(devices.live).to.deep.equal([]);
    expect(media.state.stream).to.equal(undefined);
  });

  it('are closed at the end, and stay so', async () => {
    await open();
    media.stop();
    expect(devices.live).to.deep.equal([]);
    expect(media.state).to.include({ microphone: false, camera: false, pending: false });
    await media.setCamera(true);
    await media.setMicrophone(true);
    expect(devices.live).to.deep.equal([]);
    expect(media.state).to.include({ microphone: false, camera: false });
  });
});

describe('the microphone', () => {
  it('is muted and unmuted while it stays open', async () => {
    await open();
    await media.setMicrophone(false);
    expect(media.state.microphone).to.equal(false);
    expect(media.audioTrack).to.include({ enabled: false, readyState: 'live' });
    await media.setMicrophone(true);
    expect(media.state.microphone).to.equal(true);
    expect(media.audioTrack?.enabled).to.equal(true);
    expect(devices.asked).to.have.length(1);
  });

  it('is asked for again where it was refused', async () => {
    devices.refuse = { audio: 'NotAllowedError' };
    await open();
    devices.refuse = {};
    await media.setMicrophone(true);
    expect(media.state).to.include({ microphone: true, camera: true, error: undefined });
  });

  it('stays muted while the camera goes off and on', async () => {
    await open();
    await media.setMicrophone(false);
    await media.setCamera(false);
    await media.setCamera(true);
    expect(media.state).to.include({ microphone: false, camera: true });
  });
});

describe('the camera', () => {
  it('is closed when it is turned off, so that its light goes out', async () => {
    await open();
    const before = media.videoTrack!;
    await media.setCamera(false);
    expect(before.readyState).to.equal('ended');
    expect(devices.live).to.deep.equal(['audio']);
    expect(kinds()).to.deep.equal(['audio']);
    expect(media.state).to.include({ microphone: true, camera: false });
  });

  it('is opened anew when it is turned on', async () => {
    await open();
    await media.setCamera(false);
    await media.setCamera(true);
    expect(devices.live).to.deep.equal(['audio', 'video']);
    expect(kinds()).to.deep.equal(['audio', 'video']);
  });

  it('gives a new stream whenever its tracks change', async () => {
    await open();
    const { stream } = media.state;
    await media.setCamera(false);
    expect(media.state.stream).not.to.equal(stream);
  });

  it('stays as it is when it is told what it is already', async () => {
    await open();
    await media.setCamera(true);
    await media.setCamera(true);
    expect(devices.asked).to.have.length(1);
  });

  it('leaves none open when it is turned on twice at once', async () => {
    await open();
    await media.setCamera(false);
    await Promise.all([media.setCamera(true), media.setCamera(true)]);
    expect(devices.live).to.deep.equal(['audio', 'video']);
    media.stop();
    expect(devices.live).to.deep.equal([]);
  });
});
