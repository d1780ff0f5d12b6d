import type { EndReason } from '../../protocol/messages.js';

/** Where a call stands. docs/call-states.md draws the phases. */
export type CallPhase = 'ringing' | 'connecting' | 'active' | 'reconnecting' | 'ended';

/** Where each phase may lead. */
export const transitions: Readonly<Record<CallPhase, readonly CallPhase[]>> = {
  ringing: ['connecting', 'ended'],
  connecting: ['active', 'ended'],
  active: ['reconnecting', 'ended'],
  reconnecting: ['active', 'ended'],
  ended: [],
};

/** The facts that decide the next phase of a call. */
export interface CallStanding {
  readonly phase: CallPhase;
  /** The connection state of the transport that carries the call. */
  readonly connection: RTCPeerConnectionState;
  /** It has been active before. */
  readonly begun: boolean;
  /** The partner's page has gone away, to be loaded again or for good. */
  readonly away: boolean;
  /** The server does not know the partner any more: only the transport is left. */
  readonly gone: boolean;
}

/** The next phase; an end with its reason, and whether the partner is to be told of it. */
export type NextPhase =
  | { readonly phase: 'active' | 'reconnecting' }
  | { readonly phase: 'ended'; readonly reason: EndReason; readonly tells: boolean };

/** The phase of a call on which both have just agreed, or agreed anew. */
export const agreedPhase = (begun: boolean): CallPhase => (begun ? 'reconnecting' : 'connecting');

/** Where the state of its transport leads a call; undefined when it stays where it is. */
export function followTransport(standing: CallStanding): NextPhase | undefined {
  const { phase, connection, begun, away, gone } = standing;
  if (phase === 'ringing' || phase === 'ended') return undefined;
  const connected = connection === 'connected';
  if (gone && !connected) return { phase: 'ended', reason: 'gone', tells: false };
  if (connection === 'failed' && !begun) return { phase: 'ended', reason: 'failed', tells: true };
  if (connected && !away) return { phase: 'active' };
  return phase === 'active' ? { phase: 'reconnecting' } : undefined;
}
