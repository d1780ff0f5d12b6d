import { MAX_NAME_LENGTH } from './limits.js';

/**
 * What no name may hold: control characters, lone surrogates, line and paragraph separators,
 * and what lets one name look like another: the bidirectional controls (UAX #9), the soft hyphen
 * and the invisible characters that no script needs for its spelling.
 */
const forbidden =
  /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u2800\ufeff]/u;

/** Something to see: a name of joiners, fillers or variation selectors alone shows nothing. */
const visible = /[^\p{Default_Ignorable_Code_Point}\p{White_Space}]/u;

/** The scripts whose letters look like those of one another: a name keeps to one (UTS #39, 5.1). */
const lookAlikes = [
  /\p{Script=Latin}/u,
  /\p{Script=Cyrillic}/u,
  /\p{Script=Greek}/u,
  /\p{Script=Armenian}/u,
  /\p{Script=Cherokee}/u,
];

/**
 * A name as it is kept and shown: NFC and trimmed.
 * @returns undefined when `value` is no name (not a string, empty, longer than 64 code points,
 * holding a control character, nothing to see, or letters of two scripts that look alike).
 */
export function cleanName(value: unknown): string | undefined {
  // A code point has at most two units: refuse what is hopelessly long before normalizing it.
  if (typeof value !== 'string' || value.length > 4 * MAX_NAME_LENGTH) return undefined;
  const name = value.normalize('NFC').trim();
  const fits = [...name].length <= MAX_NAME_LENGTH && visible.test(name) && !forbidden.test(name);
  const mixed = lookAlikes.filter((script) => script.test(name)).length > 1;
  return fits && !mixed ? name : undefined;
}
