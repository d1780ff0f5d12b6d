import { syntheticMedia } from '../../../../src/core/media/synthetic-media.js';

export interface Devices {
  /** Colour of this person's picture: red, green and blue. */
  colour: readonly [number, number, number];
  /** Frequency of this person's tone, in hertz; 0 leaves the microphone to the browser. */
  tone: number;
}

/** Every track that this page has been given. */
const tracks: MediaStreamTrack[] = [];

/** Kinds of the devices that are plugged in. */
const plugged = new Set(['audioinput', 'videoinput']);

/** Name of the DOMException that getUserMedia rejects with from now on; empty for none. */
let refusal = '';

/** Puts a synthetic camera and microphone in the place of the browser's. */
export function installDevices({ colour, tone }: Devices): void {
  const { mediaDevices } = navigator;
  if (!mediaDevices) return;
  const own = mediaDevices.getUserMedia.bind(mediaDevices);
  const synthetic = syntheticMedia({ colour: `rgb(${colour.join()})`, tone });
  mediaDevices.enumerateDevices = async () =>
    [...plugged].map((kind) => ({ kind }) as MediaDeviceInfo);
  mediaDevices.getUserMedia = async ({ audio = false, video = false } = {}) => {
    if (refusal) throw new DOMException('As the test wants it', refusal);
    const missing = (audio && !plugged.has('audioinput')) || (video && !plugged.has('videoinput'));
    if (missing) throw new DOMException('As the test wants it', 'NotFoundError');
    const parts = [
      await synthetic({ audio: tone ? audio : false, video }),
      ...(audio && !tone ? [await own({ audio })] : []),
    ];
    const given = parts.flatMap((stream) => stream.getTracks());
    tracks.push(...given);
    return new MediaStream(given);
  };
}

export function refuseDevices(name: string): void {
  refusal = name;
}

/** A picture of another size that moves, as of a screen. */
export function otherSource(width: number, height: number): MediaStreamTrack {
  const canvas = Object.assign(document.createElement('canvas'), { width, height });
  const context = canvas.getContext('2d')!;
  let hue = 0;
  const draw = () => {
    context.fillStyle = `hsl(${(hue += 20)} 50% 50%)`;
    context.fillRect(0, 0, width, height);
  };
  setInterval(draw, 50);
  draw();
  return canvas.captureStream().getVideoTracks()[0]!;
}

/** The cable of a device is pulled: its tracks end by themselves. */
export function unplug(kind: 'audio' | 'video'): void {
  plugged.delete(`${kind}input`);
  for (const track of tracks) {
    if (track.kind !== kind || track.readyState === 'ended') continue;
    track.stop();
    track.dispatchEvent(new Event('ended'));
  }
  navigator.mediaDevices.dispatchEvent(new Event('devicechange'));
}

/** It is put back. */
export function plugIn(kind: 'audio' | 'video'): void {
  plugged.add(`${kind}input`);
  navigator.mediaDevices.dispatchEvent(new Event('devicechange'));
}

/** Whether the camera's light is on. */
export const light = () => isLive('video');

/** Whether anything is captured at all. */
export const capturing = () => isLive('video') || isLive('audio');

const isLive = (kind: string) =>
  tracks.some((track) => track.kind === kind && track.readyState === 'live');
