/**
 * A way between two ends that carries each message a task later and in order, and that a test can
 * hold up. Fires `change` with each message sent.
 */
export class Wire<M> extends EventTarget {
  /** Everything sent, in order. */
  readonly sent: M[] = [];
  readonly #arrive: (message: M) => void;
  #waiting: M[] | undefined;

  constructor(arrive: (message: M) => void) {
    super();
    this.#arrive = arrive;
  }

  send(message: M): void {
    this.sent.push(message);
    this.dispatchEvent(new Event('change'));
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
