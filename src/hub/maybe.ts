/**
 * A value that is there at once, or later. A directory in memory answers at once, and then the most
 * frequent messages are served at once, too: to wait for each answer costs more than to serve them.
 */
export type Maybe<T> = T | Promise<T>;

/** Goes on with a value as soon as it is there. */
export function then<T, R>(value: Maybe<T>, next: (value: T) => Maybe<R>): Maybe<R> {
  return value instanceof Promise ? value.then(next) : next(value);
}

/** Does something, and something else where that throws or rejects. */
export function attempt<T>(task: () => Maybe<T>, failed: (error: unknown) => Maybe<T>): Maybe<T> {
  try {
    const result = task();
    return result instanceof Promise ? result.catch(failed) : result;
  } catch (error) {
    return failed(error);
  }
}
