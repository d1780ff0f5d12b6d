/**
 * Whether two values of a state say the same: identical, or plain objects or Maps whose entries
 * are identical. Arrays are compared by identity: a new array is news.
 */
export function isEqual(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (a instanceof Map && b instanceof Map) return haveSameEntries([...a], [...b]);
  if (isPlain(a) && isPlain(b)) return haveSameEntries(Object.entries(a), Object.entries(b));
  return false;
}

function haveSameEntries(a: [unknown, unknown][], b: [unknown, unknown][]): boolean {
  return (
    a.length === b.length &&
    a.every(([key, value], at) => Object.is(key, b[at]![0]) && Object.is(value, b[at]![1]))
  );
}

function isPlain(value: unknown): value is object {
  return (
    typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype
  );
}
