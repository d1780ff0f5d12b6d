/** Time as the hub sees it, so that tests can turn it. Durations are milliseconds. */
export interface Clock {
  /** Milliseconds since some moment in the past. */
  now(): number;
  /** Calls `task` once, `delay` from now. @returns a function that calls it off. */
  after(delay: number, task: () => void): () => void;
}

export const systemClock: Clock = {
  now: () => performance.now(),
  after(delay, task) {
    const timer = setTimeout(task, delay);
    return () => clearTimeout(timer);
  },
};
