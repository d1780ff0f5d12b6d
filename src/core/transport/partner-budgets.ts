import type { Clock } from '../../time/clock.js';
import { Budget, type Allowance } from '../budget.js';

/**
 * The amounts that a partner may send on a transport, directly or through the server. A partner who
 * keeps to the protocol stays far below each limit.
 */
const allowances = {
  /** Each makes a new RTCPeerConnection. */
  fresh: { most: 5, within: 10_000 },
  /** Each is a negotiation. */
  description: { most: 30, within: 10_000 },
  /** Each takes the browser milliseconds. */
  candidate: { most: 256, within: 10_000 },
  /** Each renders the tags of the call. */
  media: { most: 50, within: 10_000 },
  /** Each may change directions, and so is a negotiation. */
  slots: { most: 30, within: 10_000 },
  /** Data channels that the partner opens. */
  channel: { most: 16, within: 60_000 },
  /** Everything on the control channel, larger messages more often. */
  control: { most: 4000, within: 10_000 },
} as const satisfies Record<string, Allowance>;

export type Budgeted = keyof typeof allowances;

/** The rest of a partner's {@link allowances}. */
export class PartnerBudgets {
  readonly #budgets: Record<Budgeted, Budget>;

  constructor(clock: Clock) {
    const budgets = Object.entries(allowances).map(([kind, of]) => [kind, new Budget(clock, of)]);
    this.#budgets = Object.fromEntries(budgets) as Record<Budgeted, Budget>;
  }

  take(kind: Budgeted, cost?: number): boolean {
    return this.#budgets[kind].take(cost);
  }
}
