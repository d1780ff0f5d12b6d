import type { HubObserver } from './observer.js';

/** Runs work that nobody waits for: its failure goes to the observer. */
export function inBackground(observe: HubObserver, work: Promise<void>): void {
  work.catch((error: unknown) => observe({ type: 'fault', error }));
}
