/** Counts over all the page's connections, from the first on. */
const counts = { connections: 0, localDescriptions: 0, gatherings: 0, candidates: 0 };
const all: RTCPeerConnection[] = [];
const Native = globalThis.RTCPeerConnection;

class WatchedConnection extends Native {
  constructor(configuration?: RTCConfiguration) {
    super(configuration);
    all.push(this);
    counts.connections++;
    this.addEventListener('icegatheringstatechange', () => counts.gatherings++);
    this.addEventListener('icecandidate', ({ candidate }) => {
      if (candidate) counts.candidates++;
    });
  }

  override setLocalDescription(description?: RTCLocalSessionDescriptionInit): Promise<void> {
    counts.localDescriptions++;
    return super.setLocalDescription(description);
  }
}

/** Counts what the page does with RTCPeerConnection from now on. */
export function watchConnections(): void {
  globalThis.RTCPeerConnection = WatchedConnection as typeof RTCPeerConnection;
}

export const connectionCounts = () => ({ ...counts });

/** Connections that are not closed. */
export const openConnections = () =>
  all.filter(({ connectionState }) => connectionState !== 'closed').length;

/**
 * Gathers candidates with a connection of the test's own. One that gathers for longer has shown
 * candidates by the time this settles.
 */
export async function gatherOnce(): Promise<void> {
  const pc = new Native();
  pc.createDataChannel('test');
  const complete = new Promise<void>((resolve) => {
    pc.onicegatheringstatechange = () => {
      if (pc.iceGatheringState === 'complete') resolve();
    };
  });
  await pc.setLocalDescription();
  await complete;
  pc.close();
}

/** Counts what has arrived on all open connections. */
export async function received(): Promise<{ frames: number; packets: number }> {
  const sum = { frames: 0, packets: 0 };
  for (const pc of all.filter(({ connectionState }) => connectionState !== 'closed')) {
    for (const each of (
      await pc.getStats()
    ).values() as IterableIterator<RTCInboundRtpStreamStats>) {
      if (each.type !== 'inbound-rtp') continue;
      if (each.kind === 'video') sum.frames += each.framesDecoded ?? 0;
      else sum.packets += each.packetsReceived ?? 0;
    }
  }
  return sum;
}

/** The path of an open connection: the kinds of candidate at its ends, and how one's relay is reached. */
export async function path(): Promise<{ local?: string; remote?: string; relay?: string }> {
  const pc = all.find(({ connectionState }) => connectionState === 'connected');
  const stats = (await pc?.getStats()) as Map<string, Record<string, string>> | undefined;
  const transport = [...(stats?.values() ?? [])].find(({ type }) => type === 'transport');
  const pair = stats?.get(transport?.selectedCandidatePairId ?? '');
  const local = stats?.get(pair?.localCandidateId ?? '');
  const remote = stats?.get(pair?.remoteCandidateId ?? '');
  return {
    local: local?.candidateType,
    remote: remote?.candidateType,
    relay: local?.relayProtocol,
  };
}

/** The statistics that show where media has stopped, for the message of a failed test. */
const telling = [
  ['candidate-pair', 'state', 'nominated', 'writable', 'packetsSent', 'packetsReceived'],
  ['transport', 'iceState', 'dtlsState', 'selectedCandidatePairChanges'],
  ['media-source', 'kind', 'framesPerSecond'],
  ['outbound-rtp', 'kind', 'packetsSent', 'framesSent', 'targetBitrate', 'pliCount'],
  ['inbound-rtp', 'kind', 'packetsReceived', 'packetsLost', 'framesReceived', 'framesDecoded'],
];

/** The state and the counters of every open connection, a line each. */
export async function connectionReport(): Promise<string> {
  const lines: string[] = [];
  for (const pc of all.filter(({ connectionState }) => connectionState !== 'closed')) {
    lines.push(`${pc.connectionState} ${pc.iceConnectionState} ${pc.signalingState}`);
    const stats = [...(await pc.getStats()).values()] as Record<string, unknown>[];
    for (const [type, ...counters] of telling) {
      for (const each of stats.filter((one) => one.type === type)) {
        const known = counters.filter((counter) => each[counter] !== undefined);
        lines.push(`  ${type} ${known.map((key) => `${key}=${String(each[key])}`).join(' ')}`);
      }
    }
  }
  return lines.join('\n');
}
