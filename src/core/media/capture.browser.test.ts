import { expect } from '@open-wc/testing';
import '../../../test/helpers/browser/quiet-console.js';
import { Devices } from '../../../test/helpers/browser/devices.js';
import { defaultSettings } from '../settings.js';
import { capture } from './capture.js';

const both = { audio: true, video: true };

function settingsOf(devices: Devices) {
  return { ...defaultSettings, getUserMedia: devices.getUserMedia };
}

const kinds = (stream: MediaStream) => stream.getTracks().map(({ kind }) => kind);

/** Changes a property of the browser for one test. */
function pretend(object: object, key: string, value: unknown): void {
  const before = Object.getOwnPropertyDescriptor(object, key);
  Object.defineProperty(object, key, { value, configurable: true });
  undo.push(() => {
    if (before) Object.defineProperty(object, key, before);
    else Reflect.deleteProperty(object, key);
  });
}

/** The browser says this of what a person allows. */
function permissions(states: Record<string, PermissionState>): void {
  pretend(navigator, 'permissions', {
    query: async ({ name }: { name: string }) => ({ state: states[name] }),
  });
}

const undo: (() => void)[] = [];
let devices: Devices;
beforeEach(() => {
  devices = new Devices();
});
afterEach(() => {
  for (const task of undo.splice(0)) task();
  for (const track of devices.opened) track.stop();
});

describe('opening camera and microphone', () => {
  it('gives both where both are there', async () => {
    const { stream, error } = await capture(both, settingsOf(devices));
    expect(kinds(stream)).to.deep.equal(['audio', 'video']);
    expect(error).to.equal(undefined);
    expect(devices.asked).to.have.length(1);
  });

  it('goes on with the microphone where there is no camera, and says why', async () => {
    devices.refuse = { video: 'NotFoundError' };
    const { stream, error } = await capture(both, settingsOf(devices));
    expect(kinds(stream)).to.deep.equal(['audio']);
    expect(error?.code).to.equal('camera-not-found');
  });

  it('goes on with the camera where another program has the microphone', async () => {
    devices.refuse = { audio: 'NotReadableError' };
    const { stream, error } = await capture(both, settingsOf(devices));
    expect(kinds(stream)).to.deep.equal(['video']);
    expect(error?.code).to.equal('media-in-use');
  });

  it('goes on with the camera where the person refuses the microphone only', async () => {
    permissions({ camera: 'granted', microphone: 'denied' });
    devices.refuse = { audio: 'NotAllowedError' };
    const { stream, error } = await capture(both, settingsOf(devices));
    expect(kinds(stream)).to.deep.equal(['video']);
    expect(error?.code).to.equal('media-denied');
    expect(devices.asked.map(({ audio, video }) => [audio, !!video])).to.deep.equal([
      [true, true],
      [false, true],
    ]);
  });

  for (const state of ['denied', 'prompt'] as const) {
    it(`asks once where the person refuses both (${state} from then on)`, async () => {
      permissions({ camera: state, microphone: state });
      devices.refuse = { audio: 'NotAllowedError', video: 'NotAllowedError' };
      const { stream, error } = await capture(both, settingsOf(devices));
      expect(kinds(stream)).to.deep.equal([]);
      expect(error?.code).to.equal('media-denied');
      expect(devices.asked).to.have.length(1);
    });
  }

  it('asks no more for what is not wanted any more', async () => {
    const answer = devices.hold();
    let wanted = true;
    devices.refuse = { audio: 'NotReadableError', video: 'NotReadableError' };
    const capturing = capture(both, settingsOf(devices), () => wanted);
    wanted = false;
    answer();
    expect(kinds((await capturing).stream)).to.deep.equal([]);
    expect(devices.asked).to.have.length(1);
  });

  it('takes a camera that has no picture so small', async () => {
    const { getUserMedia } = devices;
    const { stream, error } = await capture(both, {
      ...settingsOf(devices),
      getUserMedia: async (constraints) => {
        if (typeof constraints.video !== 'object') return getUserMedia(constraints);
        throw new OverconstrainedError('width', 'No picture is so small');
      },
    });
    expect(kinds(stream)).to.deep.equal(['audio', 'video']);
    expect(error).to.equal(undefined);
  });

  it('blames the page where the page forbids the devices', async () => {
    pretend(document, 'permissionsPolicy', { allowsFeature: () => false });
    devices.refuse = { audio: 'NotAllowedError' };
    const { error } = await capture(both, settingsOf(devices));
    expect(error?.code).to.equal('media-forbidden');
  });

  it('asks for nothing that is not wanted', async () => {
    devices.refuse = { audio: 'NotFoundError' };
    const { stream } = await capture({ audio: true, video: false }, settingsOf(devices));
    expect(kinds(stream)).to.deep.equal([]);
    expect(devices.asked).to.deep.equal([{ audio: true, video: false }]);
  });

  for (const [name, code] of [
    ['NotAllowedError', 'media-denied'],
    ['SecurityError', 'media-denied'],
    ['NotFoundError', 'microphone-not-found'],
    ['NotReadableError', 'media-in-use'],
    ['AbortError', 'media-in-use'],
    ['TypeError', 'media-failed'],
  ]) {
    it(`tells ${name} as ${code}`, async () => {
      devices.refuse = { audio: name };
      const { error } = await capture({ audio: true, video: false }, settingsOf(devices));
      expect(error?.code).to.equal(code);
      expect((error?.cause as Error).name).to.equal(name);
    });
  }

  it('tells that neither was found', async () => {
    devices.refuse = { audio: 'NotFoundError', video: 'NotFoundError' };
    const { error } = await capture(both, settingsOf(devices));
    expect(error?.code).to.equal('media-not-found');
  });

  it('tells a page that is not secure', async () => {
    pretend(window, 'isSecureContext', false);
    pretend(navigator, 'mediaDevices', undefined);
    const { error } = await capture(both, defaultSettings);
    expect(error?.code).to.equal('media-insecure');
  });

  it('tells a browser that has no getUserMedia', async () => {
    pretend(navigator, 'mediaDevices', undefined);
    const { error } = await capture(both, defaultSettings);
    expect(error?.code).to.equal('media-unsupported');
  });

  it('really opens the devices of this browser', async () => {
    const { stream, error } = await capture(both, defaultSettings);
    devices.opened.push(...stream.getTracks());
    expect(error).to.equal(undefined);
    expect(kinds(stream)).to.deep.equal(['audio', 'video']);
    const { width, height } = stream.getVideoTracks()[0]!.getSettings();
    expect(width).to.be.within(1, 800);
    expect(height).to.be.within(1, 600);
  });
});

describe('the size of the picture', () => {
  const asked = async () => {
    await capture({ audio: false, video: true }, { ...settingsOf(devices) });
    return devices.asked[0]!.video;
  };

  it('is at most 800×600 at a desk', async () => {
    pretend(navigator, 'userAgent', 'Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Firefox/128.0');
    expect(await asked()).to.deep.equal({ width: { max: 800 }, height: { max: 600 } });
  });

  it('is at most 480×320 on a phone', async () => {
    pretend(navigator, 'userAgent', 'Mozilla/5.0 (Android 14; Mobile; rv:128.0) Firefox/128.0');
    expect(await asked()).to.deep.equal({ width: { max: 480 }, height: { max: 320 } });
  });

  it('is what the page says', async () => {
    const maxVideo = { width: 1280, height: 720 };
    await capture({ audio: false, video: true }, { ...settingsOf(devices), maxVideo });
    const [{ video }] = devices.asked as [MediaStreamConstraints];
    expect(video).to.deep.equal({ width: { max: 1280 }, height: { max: 720 } });
  });
});
