import type {
  Announcement,
  CallKind,
  Description,
  EndReason,
  ServerMessage,
} from '../../protocol/messages.js';
import type { CallSignaling } from './call-host.js';

/** The facts about a call that its messages carry. */
export interface CallFacts {
  readonly id: string;
  /** The partner: as dialled, then as the server keeps it. */
  readonly name: string;
  readonly kind: CallKind;
  readonly direction: 'outgoing' | 'incoming';
}

/** The messages of one call to its partner, through the server. */
export class CallMessages {
  readonly #call: CallFacts;
  readonly #signaling: CallSignaling;

  constructor(call: CallFacts, signaling: CallSignaling) {
    this.#call = call;
    this.#signaling = signaling;
  }

  /** @returns false when this person is not signed in */
  ring(offer: Description | undefined): boolean {
    return this.#signaling.send({ type: 'call', ...this.#about, kind: this.#call.kind, offer });
  }

  accept(answer: Description | undefined): void {
    this.#signaling.send({ type: 'accept', ...this.#about, answer });
  }

  decline(reason: EndReason): void {
    this.#signaling.send({ type: 'decline', ...this.#about, reason });
  }

  cancel(reason: EndReason): void {
    this.#signaling.send({ type: 'cancel', ...this.#about, reason });
  }

  leave(reason: EndReason): void {
    this.#signaling.send({ type: 'leave', ...this.#about, reason });
  }

  /** Offers a new connection in place of the previous page's. */
  offerAnew(offer: Description): void {
    this.#signaling.send({ type: 'offer', ...this.#about, offer, fresh: true });
  }

  answerAnew(answer: Description): void {
    this.#signaling.send({ type: 'answer', ...this.#about, answer });
  }

  announce(accepted: boolean): void {
    this.#signaling.send(this.announcement(accepted));
  }

  /** The message from which a server that has forgotten the call learns of it again. */
  announcement(accepted: boolean): Announcement {
    const { kind, direction } = this.#call;
    const caller = direction === 'outgoing';
    return { type: 'announce', ...this.#about, kind, caller, accepted };
  }

  /** The call is over: what has not arrived of it need not. */
  forget(): void {
    this.#signaling.forget(this.#call.id);
  }

  get #about(): { name: string; call: string } {
    const { name, id: call } = this.#call;
    return { name, call };
  }
}

/**
 * Why a message of the server ends a call; undefined when it does not end it.
 * @param rings whether the call has not been accepted yet
 */
export function endReasonOf(message: ServerMessage, rings: boolean): EndReason | undefined {
  switch (message.type) {
    case 'decline':
      return message.reason ?? 'declined';
    case 'busy':
      return 'busy';
    case 'cancel':
      return message.reason ?? 'cancelled';
    case 'leave':
      if (rings) return 'cancelled';
      // It is not this person who has signed out.
      return message.reason === 'signed-out' ? 'hung-up' : (message.reason ?? 'hung-up');
    default:
      return undefined;
  }
}
