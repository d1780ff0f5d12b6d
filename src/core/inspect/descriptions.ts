/** Both descriptions of a connection. */
export interface Descriptions {
  local: RTCSessionDescription | null;
  remote: RTCSessionDescription | null;
}

const last = new WeakMap<RTCPeerConnection, Descriptions>();

/**
 * The descriptions of a connection; of one that is closed those it had when they were asked for
 * last, as Firefox does not show them any more.
 */
export function descriptionsOf(pc: RTCPeerConnection): Descriptions {
  if (pc.signalingState !== 'closed') {
    last.set(pc, { local: pc.localDescription, remote: pc.remoteDescription });
  }
  return last.get(pc) ?? { local: null, remote: null };
}
