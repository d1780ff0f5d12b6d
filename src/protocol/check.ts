/**
 * What all guards are made of. A field means the same in every message, so it has one test; a
 * shape names the fields of one message, `?` behind those that may be absent. Fields that no
 * shape names are ignored.
 */

/** A test of one field. */
export type Test = (value: unknown) => boolean;

/** The test of each field, by name. */
export type Fields = Readonly<Record<string, Test>>;

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const text: Test = (value) => typeof value === 'string';
export const flag: Test = (value) => typeof value === 'boolean';
export const optional =
  (test: Test): Test =>
  (value) =>
    value === undefined || test(value);
export const listOf =
  (test: Test): Test =>
  (value) =>
    Array.isArray(value) && value.every(test);

const description =
  (type: string): Test =>
  (value) =>
    isObject(value) && value.type === type && text(value.sdp);

/** The fields that messages have in common, whichever way they travel. */
export const commonFields: Fields = {
  type: text,
  name: text,
  /** A call's id: short, printable, chosen by the caller. */
  call: (value) => typeof value === 'string' && /^[\w-]{1,64}$/.test(value),
  kind: (value) => ['video', 'voice', 'chat'].includes(value as string),
  /** Reasons are codes, not words: a newer client may know more of them. */
  reason: (value) => typeof value === 'string' && /^[a-z-]{1,32}$/.test(value),
  offer: description('offer'),
  answer: description('answer'),
  /** Null or empty means the end of candidates (RFC 8838, section 8.2). */
  candidate: (value) => value === null || (isObject(value) && optional(text)(value.candidate)),
  resume: text,
  /** A new connection, in place of one that is gone. */
  fresh: flag,
  link: (value) => text(value) && (value as string).length <= 64,
  seq: Number.isInteger,
  after: Number.isInteger,
};

/** The fields of {@link Order}. */
export const order = ' link? seq? after?';

/** The name of the field of `message` that does not fit the shape, or undefined when all fit. */
export function misfit(
  fields: Fields,
  shape: string,
  message: Record<string, unknown>,
): string | undefined {
  for (const word of shape.split(' ')) {
    const field = word.replace('?', '');
    const test = fields[field]!;
    if (!(field === word ? test : optional(test))(message[field])) return field;
  }
  return undefined;
}
