import type { Clock } from '../../time/clock.js';
import { nameKey } from '../../protocol/name-key.js';
import { Budget } from '../budget.js';

/** How often a person may ring, and beyond that be answered busy. */
const rings = { most: 10, within: 20_000 };
const refusals = { most: 10, within: 20_000 };

/** Most people whose budgets are remembered. */
const MAX_PEOPLE = 1000;

/** How often each person has rung lately, so that nobody makes a page do nothing else. */
export class RingBudgets {
  readonly #clock: Clock;
  /** Budgets by the key of the name, the least recent ring first. */
  readonly #people = new Map<string, { rings: Budget; refusals: Budget }>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Begins to count anew for a person whose call has been accepted: that ring was welcome. */
  accepted(name: string): void {
    this.#people.delete(nameKey(name));
  }

  /** Chooses the answer to a ring of this person: silence if they ring again and again. */
  answer(name: string): 'ring' | 'busy' | 'silence' {
    const key = nameKey(name);
    const budgets = this.#people.get(key) ?? {
      rings: new Budget(this.#clock, rings),
      refusals: new Budget(this.#clock, refusals),
    };
    this.#people.delete(key);
    this.#people.set(key, budgets);
    if (this.#people.size > MAX_PEOPLE) this.#people.delete(this.#people.keys().next().value!);
    if (budgets.rings.take()) return 'ring';
    return budgets.refusals.take() ? 'busy' : 'silence';
  }
}
