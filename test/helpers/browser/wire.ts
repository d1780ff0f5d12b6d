/**
 * A way between two ends that carries each message a task later and in order, and that a test can
 * hold up.
 */
export class Wire<M> {
  /** Everything sent, in order. */
  readonly sent: M[] = [];
  readonly #arrive: (message: M) => void;
  readonly #lost: (message: M) => boolean;
  #waiting: M[] | undefined;

  /** @param lost says which messages never arrive */
  constructor(arrive: (message: M) => void, lost: (message: M) => boolean = () => false) {
    this.#arrive = arrive;
    this.#lost = lost;
  }

  send(message: M): void {
    this.sent.push(message);
    if (this.#lost(message)) return;
    if (this.#waiting) this.#waiting.push(message);
    else setTimeout(() => this.#arrive(message));
  }

  /** Keeps what is sent from now on. */
  hold(): void {
    this.#waiting ??= [];
  }

  /** Lets everything through that was kept, and what follows. */
  release(): void {
    const waiting = this.#waiting ?? [];
    this.#waiting = undefined;
    for (const message of waiting) setTimeout(() => this.#arrive(message));
  }
}
