import { MAX_NAME_LENGTH, MAX_NAME_UNITS } from './basics.js';
import { isVisible } from './visible.js';

/**
 * Matches what no name may hold: control characters, lone surrogates, line separators, code points
 * that Unicode has not assigned, and all that shows nothing (format characters, among them those
 * that turn the reading direction, and default-ignorable code points). Joiners and variation
 * selectors are parts of words and emoji; `nameKey()` leaves them out.
 */
const forbidden =
  /(?![\p{Join_Control}\p{Variation_Selector}])[\p{Cc}\p{Cf}\p{Cn}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800]/u;

/** The flag of a region: a black flag, its name in tag characters, and the end (UTS #51, 1.4.6). */
const flagOfRegion = /\u{1f3f4}[\u{e0020}-\u{e007e}]+\u{e007f}/gu;

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
  // Before anything else: the time that normalising takes grows faster than the text.
  if (typeof value !== 'string' || value.length > MAX_NAME_UNITS) return undefined;
  const name = value.normalize('NFC').trim();
  const fits =
    [...name].length <= MAX_NAME_LENGTH &&
    isVisible(name) &&
    !forbidden.test(name.replace(flagOfRegion, ''));
  const mixed = lookAlikes.filter((script) => script.test(name)).length > 1;
  return fits && !mixed ? name : undefined;
}
