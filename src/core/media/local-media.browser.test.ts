import { aTimeout, expect } from '@open-wc/testing';
import { Devices } from '../../../test/helpers/browser/devices.js';
import '../../../test/helpers/browser/quiet-console.js';
import { until } from '../../../test/helpers/browser/until.js';
import type { RtcError } from '../errors.js';
import { defaultSettings } from '../settings.js';
import { LocalMedia } from './local-media.js';
import { watchDevices } from './watch-devices.js';

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
    const off = { microphone: false, camera: false };
    expect(media.state).to.deep.equal({ ...off, pending: false, opening: off });
    const opening = open();
    expect(media.state).to.deep.include({
      ...off,
      pending: true,
      opening: { microphone: true, camera: true },
    });
    await opening;
    expect(media.state.opening).to.deep.equal(off);
    const { stream, ...state } = media.state;
    expect(state).to.deep.include({ microphone: true, camera: true, pending: false });
    expect(stream?.getTracks()).to.deep.equal([media.tracks.audio, media.tracks.video]);
  });

  it('say what could not be had, and forget it once it can', async () => {
    devices.refuse = { video: 'NotReadableError' };
    await open();
    expect(media.state).to.include({ microphone: true, camera: false, error: 'media-in-use' });
    expect(errors.map(({ code }) => code)).to.deep.equal(['media-in-use']);
    devices.refuse = {};
    await media.setCamera(true);
    expect(media.state).to.include({ microphone: true, camera: true });
    expect(media.state.error).to.equal(undefined);
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

  it('are what the person has said while they were being opened', async () => {
    const answer = devices.hold();
    const opening = open();
    void media.setMicrophone(false);
    void media.setCamera(false);
    expect(media.state.opening).to.deep.equal({ microphone: false, camera: false });
    answer();
    await opening;
    expect(media.state).to.include({ microphone: false, camera: false });
    expect(media.tracks.audio).to.include({ enabled: false, readyState: 'live' });
    expect(devices.live).to.deep.equal(['audio']);
    await media.setMicrophone(true);
    await media.setCamera(true);
    expect(media.state).to.include({ microphone: true, camera: true });
  });

  it('are what the person said last, and are asked for once', async () => {
    const answer = devices.hold();
    const opening = open();
    for (const on of [false, true, false, true]) {
      void media.setMicrophone(on);
      void media.setCamera(on);
    }
    answer();
    await opening;
    expect(media.state).to.include({ microphone: true, camera: true });
    expect(devices.asked).to.have.length(1);
  });

  it('are what the person has said before they are asked for', async () => {
    await media.setMicrophone(false);
    await media.setCamera(false);
    await open();
    expect(media.state).to.include({ microphone: false, camera: false });
    expect(devices.live).to.deep.equal(['audio']);
    expect(devices.asked).to.deep.equal([{ audio: true, video: false }]);
  });

  it('are not asked for again where they are refused after the end', async () => {
    const answer = devices.hold();
    devices.refuse = { audio: 'NotReadableError', video: 'NotReadableError' };
    const opening = open();
    media.stop();
    answer();
    await opening;
    expect(devices.asked).to.have.length(1);
    expect(errors).to.deep.equal([]);
  });

  it('say nothing of what could not be had once they are closed', async () => {
    devices.refuse = { video: 'NotReadableError' };
    await open();
    media.stop();
    expect(media.state.error).to.equal(undefined);
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
    expect(media.tracks.audio).to.include({ enabled: false, readyState: 'live' });
    await media.setMicrophone(true);
    expect(media.state.microphone).to.equal(true);
    expect(media.tracks.audio?.enabled).to.equal(true);
    expect(devices.asked).to.have.length(1);
  });

  it('is asked for again where it was refused', async () => {
    devices.refuse = { audio: 'NotReadableError' };
    await open();
    devices.refuse = {};
    await media.setMicrophone(true);
    expect(media.state).to.include({ microphone: true, camera: true });
    expect(media.state.error).to.equal(undefined);
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
    const before = media.tracks.video!;
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

describe('a device in a call', () => {
  let lost: string[];
  /** Kinds of the devices that are plugged in. */
  let plugged: string[];
  const { mediaDevices } = navigator;
  const { enumerateDevices } = mediaDevices;

  beforeEach(async () => {
    lost = [];
    plugged = ['audioinput', 'videoinput'];
    mediaDevices.enumerateDevices = async () =>
      plugged.map((kind) => ({ kind }) as MediaDeviceInfo);
    await open();
    watchDevices(media, (kind) => lost.push(kind));
  });
  afterEach(() => (mediaDevices.enumerateDevices = enumerateDevices));

  const unplug = (kind: 'audio' | 'video') => {
    plugged = plugged.filter((each) => each !== `${kind}input`);
    const track = media.tracks[kind]!;
    track.stop();
    track.dispatchEvent(new Event('ended'));
  };
  const plugIn = (kind: 'audio' | 'video') => {
    plugged.push(`${kind}input`);
    mediaDevices.dispatchEvent(new Event('devicechange'));
  };

  it('that is unplugged is off, and the person is told', () => {
    unplug('video');
    expect(media.state).to.include({ camera: false, microphone: true, error: 'media-lost' });
    expect(kinds()).to.deep.equal(['audio']);
    expect(lost).to.deep.equal(['video']);
  });

  it('is opened again once it is back, and not before', async () => {
    unplug('video');
    mediaDevices.dispatchEvent(new Event('devicechange'));
    expect(devices.asked).to.have.length(1);
    plugIn('video');
    await until(media, () => media.state.camera);
    expect(media.state).to.include({ microphone: true });
    expect(media.state.error).to.equal(undefined);
    expect(devices.live).to.deep.equal(['audio', 'video']);
    expect(devices.asked[1]).to.deep.include({ audio: false });
  });

  it('may go and come time and again, both at once too', async () => {
    for (let time = 0; time < 3; time++) {
      unplug('video');
      unplug('audio');
      expect(media.state).to.include({ camera: false, microphone: false });
      plugged.push('audioinput');
      plugIn('video');
      await until(media, () => media.state.camera && media.state.microphone);
    }
    expect(lost).to.have.length(6);
  });

  it('is opened once, however often the browser tells of devices', async () => {
    unplug('audio');
    const answer = devices.hold();
    plugIn('audio');
    for (let times = 0; times < 3; times++) mediaDevices.dispatchEvent(new Event('devicechange'));
    await aTimeout(0);
    answer();
    await until(media, () => media.state.microphone);
    expect(devices.asked).to.have.length(2);
  });

  it('is opened where the browser tells of devices before it tells of the end', async () => {
    mediaDevices.dispatchEvent(new Event('devicechange'));
    const track = media.tracks.audio!;
    track.stop();
    track.dispatchEvent(new Event('ended'));
    await until(media, () => media.state.microphone);
    expect(devices.asked).to.have.length(2);
  });

  it('that the person refuses as it is back is left to its button', async () => {
    unplug('audio');
    devices.refuse = { audio: 'NotAllowedError' };
    plugIn('audio');
    await until(media, () => media.state.error === 'media-denied');
    devices.refuse = {};
    mediaDevices.dispatchEvent(new Event('devicechange'));
    await aTimeout(0);
    expect(devices.asked).to.have.length(2);
    await media.setMicrophone(true);
    expect(media.state.microphone).to.equal(true);
  });

  it('that was muted is left to its button', async () => {
    await media.setMicrophone(false);
    unplug('audio');
    plugIn('audio');
    await aTimeout(0);
    expect(devices.asked).to.have.length(1);
    await media.setMicrophone(true);
    expect(media.state).to.include({ microphone: true });
    expect(media.state.error).to.equal(undefined);
  });

  it('that the system takes is off until it is given back', () => {
    const { video } = media.tracks;
    const mute = (muted: boolean) => {
      Object.defineProperty(video, 'muted', { value: muted, configurable: true });
      video!.dispatchEvent(new Event(muted ? 'mute' : 'unmute'));
    };
    mute(true);
    expect(media.state).to.include({ camera: false });
    expect(media.state.error).to.equal(undefined);
    mute(false);
    expect(media.state).to.include({ camera: true });
    expect(lost).to.deep.equal([]);
  });

  it('that is not back by the end of the call stays closed', async () => {
    unplug('video');
    media.stop();
    plugIn('video');
    await aTimeout(0);
    expect(devices.asked).to.have.length(1);
    expect(devices.live).to.deep.equal([]);
  });
});
