import { isEqual } from './equal.js';
import { TypedEventTarget } from './typed-event-target.js';

/** The events of every {@link Store}. */
export interface StoreEventMap {
  change: Event;
}

/**
 * Holds one immutable state. Fires `change` whenever `state` is a new object, and never otherwise.
 * Everything in the core that a person can see is a Store; elements render its state and never
 * keep a copy.
 */
export class Store<
  State extends object,
  Events extends StoreEventMap = StoreEventMap,
> extends TypedEventTarget<Events> {
  #state: Readonly<State>;

  constructor(state: State) {
    super();
    this.#state = state;
  }

  /** The state as confirmed. A new object after each `change`, the same object until then. */
  get state(): Readonly<State> {
    return this.#state;
  }

  /**
   * Calls back at each `change`; bound, so that it fits React's
   * `useSyncExternalStore(store.subscribe, () => store.state)` and its like.
   * @returns a function that stops it
   */
  readonly subscribe = (listener: () => void): (() => void) => {
    // A function of its own, so that each subscription ends by itself.
    const onChange = () => listener();
    this.addEventListener('change', onChange);
    return () => this.removeEventListener('change', onChange);
  };

  /** Makes a new state, with the parts that are equal as they are; where all are, does nothing. */
  protected update(patch: Partial<State>): void {
    const next: State = { ...this.#state, ...patch };
    let changed = false;
    for (const key of Object.keys(patch) as (keyof State)[]) {
      if (isEqual(patch[key], this.#state[key])) next[key] = this.#state[key];
      else changed = true;
    }
    if (!changed) return;
    this.#state = next;
    this.dispatchEvent(new Event('change'));
  }
}
