/**
 * The one interpreter of messages. A field means the same in every message, so it has one reader;
 * a shape names the fields of one message, `?` behind those that may be absent.
 */

/** A {@link Reader} returns it for a value that does not fit. */
export const MISFIT = Symbol('misfit');

/** Reads one field: returns the value as it is kept, or {@link MISFIT}. */
export type Reader = (value: unknown) => unknown;

/** The reader of each field, by name. */
export type Readers = Readonly<Record<string, Reader>>;

type Fields = Record<string, unknown>;

/**
 * Reads a whole message. The copy it returns holds the fields of the shape and nothing else; for a
 * message that does not fit it returns the name of the field that is wrong.
 */
export type Shape = (message: Fields) => Fields | string;

export const isObject = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Compiles a shape.
 * @param words names of fields, separated by single spaces: `name call reason?`
 */
export function shape(readers: Readers, words: string): Shape {
  const fields = words.split(' ').map((word) => {
    const name = word.replace('?', '');
    return { name, read: readers[name]!, optional: name !== word };
  });
  return (message) => {
    const kept: Fields = {};
    for (const { name, read, optional } of fields) {
      const value = message[name];
      if (value === undefined && optional) continue;
      const result = read(value);
      if (result === MISFIT) return name;
      kept[name] = result;
    }
    return kept;
  };
}

/** The shape of a message: its `type`, and the fields named. */
export const messageShape = (readers: Readers, words: string): Shape =>
  shape(readers, `type ${words}`.trim());

/**
 * Reads one frame by the shape of its type.
 * @param length the longest frame that is read, in UTF-16 units
 * @returns the message with the fields of its shape; undefined when the frame is not JSON, of a type
 * without a shape, or misshapen
 */
export function readFrame(
  frame: unknown,
  shapes: ReadonlyMap<unknown, Shape>,
  length: number,
): Fields | undefined {
  if (typeof frame !== 'string' || frame.length > length) return undefined;
  try {
    const message: unknown = JSON.parse(frame);
    const kept = isObject(message) && shapes.get(message.type)?.(message);
    return typeof kept === 'object' ? kept : undefined;
  } catch {
    return undefined;
  }
}

/** A reader that keeps a value as it is when it passes a test. */
export const when =
  (test: (value: unknown) => boolean): Reader =>
  (value) =>
    test(value) ? value : MISFIT;

/** A string of at most so many UTF-16 units. */
export const textUpTo = (length: number): Reader =>
  when((value) => typeof value === 'string' && value.length <= length);

/** A string of at most so many Unicode code points. */
export const codePointsUpTo = (count: number): Reader =>
  when(
    (value) => typeof value === 'string' && value.length <= 2 * count && [...value].length <= count,
  );

/** A string that a pattern matches. */
export const matching = (pattern: RegExp): Reader =>
  when((value) => typeof value === 'string' && pattern.test(value));

/** Reads any of the given strings. */
export const oneOf = (...values: readonly string[]): Reader =>
  when((value) => values.includes(value as string));

/** An integer between two bounds, both included. */
export const integer = (least: number, most: number): Reader =>
  when(
    (value) => Number.isInteger(value) && (value as number) >= least && (value as number) <= most,
  );

export const flag: Reader = when((value) => typeof value === 'boolean');
export const finite: Reader = when(Number.isFinite);

/** A list of at most so many items. */
export const listOf =
  (item: Reader, most: number): Reader =>
  (value) => {
    if (!Array.isArray(value) || value.length > most) return MISFIT;
    const items = value.map(item);
    return items.includes(MISFIT) ? MISFIT : items;
  };

/** Null, or what the reader takes. */
export const nullOr =
  (read: Reader): Reader =>
  (value) =>
    value === null ? null : read(value);

/** An object of a shape of its own. */
export const objectOf = (readers: Readers, words: string): Reader => {
  const read = shape(readers, words);
  return (value) => {
    const object = isObject(value) ? read(value) : MISFIT;
    return typeof object === 'string' ? MISFIT : object;
  };
};
