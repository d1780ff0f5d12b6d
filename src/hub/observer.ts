import type { CallKind, EndReason, WireErrorCode } from '../protocol/messages.js';

/** An event of a hub, for logs and metrics. Holds no secret, address or text of anyone. */
export type HubEvent =
  | { type: 'signed-in'; name: string; kit: boolean; resumed: boolean }
  | { type: 'signed-out'; name: string; reason: EndReason }
  /** `signIn` is true where it was a sign-in that was refused. */
  | { type: 'refused'; code: WireErrorCode; name?: string; signIn?: true }
  /** As refused, and the connection is closed. */
  | { type: 'limit-exceeded'; code: WireErrorCode; name?: string }
  | { type: 'call-started'; call: string; kind: CallKind; from: string; to: string }
  | { type: 'call-accepted'; call: string }
  | { type: 'call-ended'; call: string; reason: EndReason }
  | { type: 'degraded'; reason: string }
  | { type: 'recovered'; lostData: boolean }
  | { type: 'warning'; message: string }
  /** How long what the processes share took to answer, in milliseconds. */
  | { type: 'bus-delay'; delay: number }
  | { type: 'fault'; error: unknown };

export type HubObserver = (event: HubEvent) => void;
