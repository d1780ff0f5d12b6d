import { optional, type Fields, type Test } from './check.js';

/** Says which field of a message does not fit; undefined when all fit. */
export type Guard = (message: Record<string, unknown>) => string | undefined;

/**
 * What `misfit` does with a shape, made ready once: a server asks with every frame. (In the browser
 * the few bytes that this takes weigh more than the time.)
 */
export function guard(fields: Fields, shape: string): Guard {
  const tests = shape.split(' ').map((word): [string, Test] => {
    const field = word.replace('?', '');
    return [field, field === word ? fields[field]! : optional(fields[field]!)];
  });
  return (message) => tests.find(([field, test]) => !test(message[field]))?.[0];
}
