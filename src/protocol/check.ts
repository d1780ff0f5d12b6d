/**
 * The few building blocks that both guards are made of. A shape maps each field to a test;
 * a field that is absent is tested as `undefined`. Fields that no shape names are ignored.
 */

/** A test of one field. */
export type Test = (value: unknown) => boolean;

/** The fields of one message. */
export type Shape = Readonly<Record<string, Test>>;

/** The shapes of all messages, by type. */
export type Shapes = ReadonlyMap<string, Shape>;

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const text: Test = (value) => typeof value === 'string';
export const flag: Test = (value) => typeof value === 'boolean';
export const anything: Test = (value) => value !== undefined;
export const optional =
  (test: Test): Test =>
  (value) =>
    value === undefined || test(value);
export const oneOf =
  (...values: unknown[]): Test =>
  (value) =>
    values.includes(value);
export const listOf =
  (test: Test): Test =>
  (value) =>
    Array.isArray(value) && value.every(test);

/** A call's id: short, printable, chosen by the caller. */
export const callId: Test = (value) => typeof value === 'string' && /^[\w-]{1,64}$/.test(value);

export const callKind = oneOf('video', 'voice', 'chat');

/** Reasons are codes, not words: a newer client may know more of them. */
export const reason = optional(
  (value) => typeof value === 'string' && /^[a-z-]{1,32}$/.test(value),
);

export const description: Test = (value) =>
  isObject(value) &&
  oneOf('offer', 'answer', 'pranswer', 'rollback')(value.type) &&
  text(value.sdp);

/** The name of the field of `message` that does not fit its shape, or undefined when all fit. */
export function misfit(shape: Shape, message: Record<string, unknown>): string | undefined {
  return Object.keys(shape).find((field) => !shape[field]!(message[field]));
}
