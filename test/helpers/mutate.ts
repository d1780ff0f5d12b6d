/** A generator of numbers from 0 to below 1, the same for the same seed (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** What breaks readers: ends of strings, of numbers and of Unicode, and names that objects have. */
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
export function mutate(text: string, random: () => number): string {
  let mutated = text;
  for (let count = 1 + Math.floor(random() * 3); count > 0; count--) {
    const at = Math.floor(random() * (mutated.length + 1));
    const to = at + Math.floor(random() * 8);
    const [before, inside, after] = [
      mutated.slice(0, at),
      mutated.slice(at, to),
      mutated.slice(to),
    ];
    const other = nasty[Math.floor(random() * nasty.length)]!;
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
