import assert from 'node:assert/strict';
import { cast, type Name, type Person } from './person.js';

/** Decibels: at most in silence, at least of a tone, and between that and what is not there. */
const SILENCE = -70;
const LOUD = -40;
const CONTRAST = 25;

/**
 * Waits until a person sees another's frames come, one after the other.
 * @param shownAs the name at this picture, where the other has signed in under one not their own
 */
export async function watches(viewer: Person, other: Name, shownAs = other): Promise<void> {
  let last = await viewer.until(`${other}'s picture`, () => look(viewer, other, shownAs));
  for (let frames = 0; frames < 3; frames++) {
    last = await viewer.until(`${other}'s next frame`, async () => {
      const next = await look(viewer, other, shownAs);
      return next && isLater(next.count, last.count) && next;
    });
  }
}

/** Waits until a person hears another's tone, and makes sure that it is not their own. */
export async function hears(listener: Person, other: Name, shownAs = other): Promise<void> {
  const tones = [cast[other].tone, listener.devices.tone];
  const { levels } = await listener.until(`${other}'s tone`, async () => {
    const sound = await soundOf(listener, shownAs, tones);
    return !!sound && Math.abs(sound.peak - tones[0]!) < 12 && sound.loudness > LOUD && sound;
  });
  assert.ok(levels[0]! > levels[1]! + CONTRAST, `own tone comes back: ${levels.join(' against ')}`);
}

/** Waits until a person hears nothing from another. */
export async function hearsNothing(listener: Person, other: Name): Promise<void> {
  await listener.until(`silence from ${other}`, async () => {
    const sound = await soundOf(listener, other, []);
    return !!sound && sound.loudness < SILENCE;
  });
}

/** Sound and picture both ways. */
export async function seeAndHearEachOther(one: Person, other: Person): Promise<void> {
  await Promise.all([watches(one, other.name), watches(other, one.name)]);
  await Promise.all([hears(one, other.name), hears(other, one.name)]);
}

/** Waits until more frames have been decoded than by now. */
export async function decodesMore(viewer: Person): Promise<void> {
  const { frames } = await received(viewer);
  await viewer.until('more decoded frames', async () => (await received(viewer)).frames > frames);
}

/** Waits until more pictures of another person have been shown than by now, whatever is on them. */
export async function isShownMore(viewer: Person, other: Name): Promise<void> {
  const shown = () => viewer.page.evaluate((name) => inPage.picturesShown(name), other as string);
  const before = await shown();
  await viewer.until(`more pictures of ${other}`, async () => (await shown()) > before);
}

export const received = ({ page }: Person) => page.evaluate(() => inPage.received());

/** Waits until so many more packets of sound have arrived: a clock that runs with the call. */
export async function packetsPass(person: Person, count: number): Promise<void> {
  const { packets } = await received(person);
  await person.until(`${count} packets`, async () => {
    return (await received(person)).packets >= packets + count;
  });
}

/** Looks at another person's picture; checks that it has that person's colour. */
async function look({ page }: Person, other: Name, shownAs: Name) {
  const picture = await page.evaluate((name) => inPage.picture(name), shownAs as string);
  return picture && isColourOf(other, picture.colour) ? picture : undefined;
}

const soundOf = ({ page }: Person, other: Name, tones: readonly number[]) =>
  page.evaluate((...args) => inPage.sound(...args), other as string, [...tones]);

/** Codecs change colours a little: whose is the nearest? */
function isColourOf(name: Name, seen: readonly number[]): boolean {
  const distance = (other: Name) =>
    Math.hypot(...cast[other].colour.map((value, channel) => value - seen[channel]!));
  const near = (Object.keys(cast) as Name[]).sort((a, b) => distance(a) - distance(b));
  return near[0] === name && distance(name) < 60;
}

/** The counter has 12 bits and starts anew. */
const isLater = (next: number, last: number) => next !== last && (next - last + 4096) % 4096 < 2048;

/** Devices are off and connections closed. */
export async function nothingIsLeft({ page }: Person): Promise<void> {
  const left = await page.evaluate(() => [inPage.capturing(), inPage.openConnections()]);
  assert.deepEqual(left, [false, 0]);
}
