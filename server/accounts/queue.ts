/** Lets a few tasks run at once; others wait for their turn, first come first served. */
export class Queue {
  readonly #atOnce: number;
  readonly #most: number;
  readonly #waiting: (() => void)[] = [];
  #running = 0;

  /**
   * @param atOnce how many run at once
   * @param most how many may wait before it is full
   */
  constructor(atOnce: number, most: number) {
    this.#atOnce = atOnce;
    this.#most = most;
  }

  /** Whether nobody else should wait. */
  get full(): boolean {
    return this.#running >= this.#atOnce && this.#waiting.length >= this.#most;
  }

  /** Runs a task when it is its turn. */
  async run<T>(task: () => Promise<T>): Promise<T> {
    if (this.#running < this.#atOnce) this.#running++;
    // Whoever is done hands its place on.
    else await new Promise<void>((turn) => this.#waiting.push(turn));
    try {
      return await task();
    } finally {
      const next = this.#waiting.shift();
      if (next) next();
      else this.#running--;
    }
  }
}
