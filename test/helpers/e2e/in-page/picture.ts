import { deep } from './deep.js';

/** Where `src/core/media/synthetic-media.ts` writes its frame counter, in its own pixels. */
const WIDTH = 320;
const HEIGHT = 240;
const BIT = 16;
const BITS = 12;

export interface Picture {
  /** Red, green and blue in the middle of the picture. */
  colour: [number, number, number];
  /** The frame counter, modulo 4096. */
  count: number;
}

/** The video of a person, by its accessible name. */
export function videoOf(name: string): HTMLVideoElement | undefined {
  return [...deep(document)].find(
    (element): element is HTMLVideoElement =>
      element instanceof HTMLVideoElement && element.getAttribute('aria-label') === name,
  );
}

/** Reads the picture of a person right now; undefined while none is visible. */
export function picture(name: string): Picture | undefined {
  const video = videoOf(name);
  if (!video?.videoWidth || !video.checkVisibility()) return undefined;
  const canvas = new OffscreenCanvas(WIDTH, HEIGHT);
  const context = canvas.getContext('2d', { willReadFrequently: true })!;
  context.drawImage(video, 0, 0, WIDTH, HEIGHT);
  const at = (x: number, y: number) => [...context.getImageData(x, y, 1, 1).data];
  const [red, green, blue] = at(WIDTH / 2, HEIGHT / 2) as [number, number, number, number];
  let count = 0;
  for (let bit = 0; bit < BITS; bit++) {
    const [level] = at(bit * BIT + BIT / 2, BIT / 2) as [number];
    if (level > 127) count |= 1 << bit;
  }
  return { colour: [red, green, blue], count };
}

const shown = new WeakMap<HTMLVideoElement, number>();

/** How many pictures of a person have been shown since this was first asked. */
export function picturesShown(name: string): number {
  const video = videoOf(name);
  if (!video) return 0;
  if (!shown.has(video)) {
    const count = () => {
      shown.set(video, (shown.get(video) ?? -1) + 1);
      video.requestVideoFrameCallback(count);
    };
    count();
  }
  return shown.get(video)!;
}
