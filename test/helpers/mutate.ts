/** Numbers from 0 to below 1. */
export type Random = () => number;

/** A generator of numbers, the same for the same seed (mulberry32). */
export function seeded(seed: number): Random {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export const pick = <T>(list: readonly T[], random: Random): T =>
  list[Math.floor(random() * list.length)]!;

/** Values that break readers: limits of strings, numbers and Unicode, and names objects have. */
const nasty = [
  '"',
  '\\',
  '{',
  '}',
  '[',
  ']',
  ',',
  ':',
  '\0',
  '\\u0000',
  '\\ud800',
  '\u2028',
  '1e999',
  '-0',
  'null',
  'true',
  '"__proto__"',
  '"constructor":{"prototype":1},',
  '"type":"login",',
  '"name":null,',
];

/** A text with one to three things changed. */
export function mutate(text: string, random: Random): string {
  let mutated = text;
  for (let count = 1 + Math.floor(random() * 3); count > 0; count--) {
    const at = Math.floor(random() * (mutated.length + 1));
    const to = at + Math.floor(random() * 8);
    const [before, inside, after] = [
      mutated.slice(0, at),
      mutated.slice(at, to),
      mutated.slice(to),
    ];
    const other = pick(nasty, random);
    mutated = [
      before + after,
      before + other + inside + after,
      before + other + after,
      before + inside + inside + after,
      before + String.fromCharCode(Math.floor(random() * 0xd800)) + after,
      after + before,
      before,
    ][Math.floor(random() * 7)]!;
  }
  return mutated;
}

/** Existing names and ids at a server, so that mutated messages reach deeper code. */
export interface Live {
  names: string[];
  calls: string[];
  links: string[];
}

const nested = (depth: number): unknown =>
  JSON.parse('[{"a":'.repeat(depth / 2) + '1' + '}]'.repeat(depth / 2));

const marks = (count: number) => `a${'\u0301'.repeat(count)}${'\u0316'.repeat(count)}`;

/** Values at the edges of what a field may hold, of every kind, and far beyond them. */
const edges: (() => unknown)[] = [
  ...[null, true, false, 0, -1, 0.5, 65_535, 65_536].map((value) => () => value),
  ...[2 ** 31, 2 ** 32, 2 ** 52, 2 ** 53, -(2 ** 53), 1e308].map((value) => () => value),
  ...['', ' ', 'x', '-', '0', 'null', '__proto__', 'constructor'].map((value) => () => value),
  ...['\ud800', '\u0000', '\u2028', '\u200b', '\u202e', 'ß', 'ﷺ'].map((value) => () => value),
  ...[64, 65, 256, 257, 1025, 16_385, 60_000].map((length) => () => 'x'.repeat(length)),
  ...[40, 15_000].map((count) => () => marks(count)),
  ...[14, 16, 18].map((depth) => () => nested(depth)),
  () => [],
  () => ({}),
  () => ['x'],
  () => ({ type: 'offer', sdp: 'x', x: [{}, {}] }),
  () => ({ candidate: '', x: Array.from({ length: 500 }, () => ({})) }),
  () => Object.fromEntries(Array.from({ length: 500 }, (_, index) => [`k${index}`, index])),
];

/** Frames that are no message, or too much of one; rare, as some of them end the connection. */
const monsters: (() => string)[] = [
  () => '['.repeat(30_000) + ']'.repeat(30_000),
  () => '{"a":'.repeat(10_000) + '1' + '}'.repeat(10_000),
  () => `{"type":"leave","name":"${'\\'.repeat(60_000)}"}`,
  () => `{"type":"leave","name":"${'\\"'.repeat(30_000)}"}`,
  () => `{"type":"offer","name":"x","offer":"${'x'.repeat(70_000)}"}`,
  () => 'x'.repeat(1_100_000),
];

type Fields = Record<string, unknown>;

/** A place in a message: a field of an object, or an item of a list. */
interface Place {
  inside: Fields;
  key: string;
}

function placesIn(inside: Fields): Place[] {
  return Object.entries(inside).flatMap(([key, value]) => [
    { inside, key },
    ...(typeof value === 'object' && value !== null ? placesIn(value as Fields) : []),
  ]);
}

/** Something else for a place: what is live where that fits the field, or an edge. */
function otherFor(key: string, random: Random, { names, calls, links }: Live): unknown {
  const fitting: Record<string, string[]> = { name: names, call: calls, link: links };
  const list = fitting[key];
  if (list?.length && random() < 0.5) return pick(list, random);
  if (random() < 0.1) return pick([...names, ...calls, ...links], random);
  return pick(edges, random)();
}

/**
 * A frame made of a message with its structure changed: fields removed, doubled, exchanged, of other
 * types and beyond their bounds.
 * @param others messages whose fields and types may be put in
 */
export function mutateMessage(
  message: object,
  others: readonly object[],
  random: Random,
  live: Live,
): string {
  if (random() < 0.002) return pick(monsters, random)();
  const copy = structuredClone(message) as Fields;
  let doubled = '';
  for (let count = 1 + Math.floor(random() * 3); count > 0; count--) {
    const places = placesIn(copy);
    const kind = random();
    if (!places.length) break;
    // `type` is changed seldom, or hardly anything would be served.
    const { inside, key } = pick(places, random);
    if (key === 'type' && inside === copy && random() < 0.8) continue;
    const other = pick(others, random) as Fields;
    if (kind < 0.2) delete inside[key];
    else if (kind < 0.7) inside[key] = otherFor(key, random, live);
    else if (kind < 0.85) {
      const foreign = pick(Object.keys(other), random);
      if (foreign !== 'type' || random() < 0.2) copy[foreign] = structuredClone(other[foreign]);
    } else if (inside === copy) {
      doubled += `${JSON.stringify(key)}:${JSON.stringify(otherFor(key, random, live))},`;
    }
  }
  const text = JSON.stringify(copy);
  const frame = random() < 0.5 ? `{${doubled}${text.slice(1)}` : twice(text, doubled);
  return random() < 0.15 ? mutate(frame, random) : frame;
}

/** The doubled fields behind the others: then these count. */
const twice = (text: string, doubled: string) =>
  doubled && text !== '{}' ? `${text.slice(0, -1)},${doubled.slice(0, -1)}}` : text;
