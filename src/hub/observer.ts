import type { CallKind, EndReason, WireErrorCode } from '../protocol/messages.js';

/** What happens in a hub, for logs and figures. Holds no secret, address or text of anyone. */
export type HubEvent =
  | { type: 'signed-in'; name: string; kit: boolean; resumed: boolean }
  | { type: 'signed-out'; name: string; reason: EndReason }
  | { type: 'refused'; code: WireErrorCode; name?: string }
  | { type: 'call-started'; call: string; kind: CallKind; from: string; to: string }
  | { type: 'call-accepted'; call: string }
  | { type: 'call-ended'; call: string; reason: EndReason }
  | { type: 'degraded'; reason: string }
  | { type: 'recovered'; lostData: boolean }
  | { type: 'warning'; message: string }
  | { type: 'fault'; error: unknown };

export type HubObserver = (event: HubEvent) => void;
