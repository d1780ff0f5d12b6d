import { nameKey } from '../../protocol/name-key.js';
import type { CallFacts } from './call-messages.js';
import type { CallPhase } from './phase.js';

/** A call that has not ended, as far as a ring is concerned. */
export interface CallAtHand extends CallFacts {
  readonly state: { readonly phase: CallPhase };
}

/** Somebody calls. */
export type Ring = Omit<CallFacts, 'direction'>;

export interface RingCircumstances<C extends CallAtHand> {
  /** The calls of this page that have not ended. */
  readonly calls: readonly C[];
  /** Whether the page takes calls of this kind. */
  readonly takes: boolean;
  /** The caller of the ring with the same id that waits already. */
  readonly waiting?: string | undefined;
}

/** The result of a ring. */
export type RingOutcome<C extends CallAtHand> =
  /** It is known already, or bears the id of a call of another person. */
  | { readonly do: 'ignore' }
  /** The page takes no such calls. */
  | { readonly do: 'decline' }
  | { readonly do: 'busy' }
  /** Both called at once, and the call of this side counts: unless it is given up unheard. */
  | { readonly do: 'wait' }
  /**
   * Both called at once, and the call of the partner counts. It is accepted when this person has
   * asked for as much, and rings otherwise.
   */
  | { readonly do: 'replace'; readonly call: C; readonly accept: boolean }
  /** The caller has lost the call that there was, if there was one. */
  | { readonly do: 'ring'; readonly lost?: C };

/** Settles glare, calls of people who are busy, and calls made anew. */
export function settleRing<C extends CallAtHand>(
  ring: Ring,
  { calls, takes, waiting }: RingCircumstances<C>,
): RingOutcome<C> {
  const known = calls.some(({ id }) => id === ring.id);
  if (known || (waiting !== undefined && !isSame(waiting, ring.name))) return { do: 'ignore' };
  if (!takes) return { do: 'decline' };
  // A chat is in the way of a chat with the same person, a call of any other call.
  const rivals = calls.filter((call) =>
    ring.kind === 'chat'
      ? call.kind === 'chat' && isSame(call.name, ring.name)
      : call.kind !== 'chat',
  );
  const own = rivals.find((call) => isSame(call.name, ring.name));
  if (own?.direction === 'outgoing' && own.state.phase === 'ringing') {
    // At both sides the smaller id is the call.
    if (own.id < ring.id) return { do: 'wait' };
    return { do: 'replace', call: own, accept: ring.kind === own.kind || ring.kind === 'voice' };
  }
  if (own?.state.phase === 'reconnecting') return { do: 'ring', lost: own };
  return rivals.length > 0 ? { do: 'busy' } : { do: 'ring' };
}

const isSame = (one: string, other: string) => nameKey(one) === nameKey(other);
