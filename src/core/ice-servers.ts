import { RtcError } from './errors.js';

/**
 * Reads the value of an `ice-servers` attribute.
 * @param json a JSON array of RTCIceServer
 * @throws {RtcError} `bad-ice-servers` when a browser would not take it
 */
export function parseIceServers(json: string): RTCIceServer[] {
  try {
    const iceServers = JSON.parse(json) as RTCIceServer[];
    // The browser itself knows best what a server may be.
    new RTCPeerConnection({ iceServers }).close();
    return iceServers;
  } catch (cause) {
    throw new RtcError('bad-ice-servers', String(cause), { cause });
  }
}
