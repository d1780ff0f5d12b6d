/**
 * Holds one immutable state and says when it changed, by a `change` event. Everything in the
 * core that a person can see is a Store; elements render its state and never keep a copy.
 */
export class Store<State extends object> extends EventTarget {
  #state: Readonly<State>;

  constructor(state: State) {
    super();
    this.#state = state;
  }

  /** The state as confirmed. Each change makes a new object. */
  get state(): Readonly<State> {
    return this.#state;
  }

  protected update(patch: Partial<State>): void {
    const keys = Object.keys(patch) as (keyof State)[];
    if (keys.every((key) => Object.is(patch[key], this.#state[key]))) return;
    this.#state = { ...this.#state, ...patch };
    this.dispatchEvent(new Event('change'));
  }
}
