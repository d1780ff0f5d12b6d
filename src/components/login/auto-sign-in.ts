import type { ErrorCode, RtcError } from '../../core/errors.js';
import { backoff } from '../../time/backoff.js';
import type { Clock } from '../../time/clock.js';

/** Refusals that may come right by themselves: a name becomes free, a server comes back. */
const passing: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'name-taken',
  'unreachable',
  'origin-refused',
  'internal',
  'unavailable',
  'too-many-attempts',
  'sign-in-busy',
  'too-many-names',
  'too-many-connections',
  'too-many-sign-ins',
  'sign-in-timeout',
]);

/** The first wait and the longest, in milliseconds; in between it doubles. */
const FIRST_WAIT = 500;
const LONGEST_WAIT = 30_000;

/** Whether a sign-in that failed for this reason may succeed later without anybody doing anything. */
export const mayPass = (code: ErrorCode): boolean => passing.has(code);

/** Tries again to sign in: after a while, or as soon as the network is back or the page is shown. */
export class AutoSignIn {
  readonly #attempt: () => void;
  #failures = 0;
  #cancel: (() => void) | undefined;

  constructor(attempt: () => void) {
    this.#attempt = attempt;
  }

  /** Waits for the next attempt, unless it does so already. */
  again({ retryAfter = 0 }: RtcError, clock: Clock): void {
    if (this.#cancel) return;
    const spread = (1 + Math.random()) / 2;
    const wait = backoff(this.#failures++, FIRST_WAIT, LONGEST_WAIT) * spread;
    this.#cancel = clock.after(Math.max(retryAfter * 1000, wait), this.#try);
    globalThis.addEventListener('online', this.#wake);
    document.addEventListener('visibilitychange', this.#wake);
  }

  /** Waits no longer. */
  stop(): void {
    this.#cancel?.();
    this.#cancel = undefined;
    globalThis.removeEventListener('online', this.#wake);
    document.removeEventListener('visibilitychange', this.#wake);
  }

  /** Waits no longer, as somebody is signed in; the next wait is the first one again. */
  succeeded(): void {
    this.stop();
    this.#failures = 0;
  }

  #wake = (): void => {
    if (document.visibilityState === 'visible') this.#try();
  };

  #try = (): void => {
    this.stop();
    this.#attempt();
  };
}
