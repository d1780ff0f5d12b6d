import type { Call } from './call.js';

/**
 * Loudness of the other side of a call right now, 0 to 1 (WebRTC,
 * RTCRtpContributingSource.audioLevel); 0 while nothing comes from it.
 */
export function levelOf(call: Call): number {
  const receivers = call.peer?.pc.getReceivers() ?? [];
  const sound = receivers.find(({ track }) => track.kind === 'audio');
  return sound?.getSynchronizationSources()[0]?.audioLevel ?? 0;
}
