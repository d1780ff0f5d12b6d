import type { LogEntry } from './connection-log.js';
import { Mask } from './mask.js';
import { statsOf, type Reading } from './stats-series.js';

/** What a report of a connection is made of. */
export interface ReportSource {
  pc: RTCPeerConnection;
  entries: readonly LogEntry[];
  readings: readonly Reading[];
}

/**
 * All that can be told of a connection, as JSON, for whoever is to find out what is wrong with it.
 * @param open keeps addresses and passwords as they are; else they are masked
 */
export async function connectionReport(
  { pc, entries, readings }: ReportSource,
  open = false,
): Promise<string> {
  const stats = await statsOf(pc);
  const { signalingState, iceGatheringState, iceConnectionState, connectionState } = pc;
  const report = {
    at: new Date().toISOString(),
    browser: navigator.userAgent,
    states: { signalingState, iceGatheringState, iceConnectionState, connectionState },
    configuration: pc.getConfiguration(),
    localDescription: pc.localDescription,
    remoteDescription: pc.remoteDescription,
    log: entries,
    readings,
    stats,
  };
  // Twice: what the browser gives are objects of its own, which only JSON takes apart.
  const plain: unknown = JSON.parse(JSON.stringify(report));
  return JSON.stringify(open ? plain : new Mask().value(plain), undefined, 2);
}
