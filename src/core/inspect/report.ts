import type { LogEntry } from './connection-log.js';
import { Mask } from './mask.js';
import { descriptionsOf } from './descriptions.js';
import type { Reading, Stat } from './stats-series.js';

/** The data for the report of a connection. */
export interface ReportSource {
  pc: RTCPeerConnection;
  entries: readonly LogEntry[];
  readings: readonly Reading[];
  /** The newest statistics. */
  stats: readonly Stat[];
}

/**
 * Reports all that can be told of a connection, as JSON, to find out why it fails.
 * @param open keeps addresses and passwords as they are; else they are masked
 */
export function connectionReport(
  { pc, entries, readings, stats }: ReportSource,
  open = false,
): string {
  const { signalingState, iceGatheringState, iceConnectionState, connectionState } = pc;
  const { local, remote } = descriptionsOf(pc);
  const report = {
    at: new Date().toISOString(),
    browser: navigator.userAgent,
    states: { signalingState, iceGatheringState, iceConnectionState, connectionState },
    // Firefox does not tell the configuration of a closed connection.
    configuration: signalingState === 'closed' ? undefined : pc.getConfiguration(),
    localDescription: local,
    remoteDescription: remote,
    log: entries,
    readings,
    stats,
  };
  // Twice: what the browser gives are objects of its own, which only JSON takes apart.
  const plain: unknown = JSON.parse(JSON.stringify(report));
  return JSON.stringify(open ? plain : new Mask().value(plain), undefined, 2);
}
