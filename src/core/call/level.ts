import type { Call } from './call.js';

/**
 * Loudness of the partner in a call right now, 0 to 1 (WebRTC,
 * RTCRtpContributingSource.audioLevel); 0 while nothing comes.
 */
export function levelOf({ transport }: Call): number {
  const [track] = transport?.state.streams.microphone?.getAudioTracks() ?? [];
  const receiver = transport?.pc.getReceivers().find((each) => each.track === track);
  return receiver?.getSynchronizationSources()[0]?.audioLevel ?? 0;
}
