import { systemClock, type Clock } from '../../time/clock.js';
import { statsOf, totals } from './stats-series.js';

/** The ways in which a browser can be reached (RFC 8445, 4). */
export type Way = 'host' | 'srflx' | 'relay';

/** `unasked` where no server of that kind was given. */
type Sought = 'found' | 'missing' | 'unasked';

/** `refused` where a TURN server does not take the name and password given with it. */
export type Found = Record<Exclude<Way, 'relay'>, Sought> & { relay: Sought | 'refused' };

/** A TURN server's error code for wrong credentials (RFC 8489, 14.8). */
const UNAUTHORIZED = 401;

/** The result of a loopback call. */
export interface Loopback {
  connected: boolean;
  /** Bytes came over a data channel. */
  data: boolean;
  /** Undefined where there was nothing of that kind to send. */
  sound?: boolean;
  picture?: boolean;
}

/** Durations are milliseconds. */
export interface CheckOptions {
  /** How long candidates are gathered. A relay that answers does so within a second or two. */
  gathering?: number;
  /** How long the loopback call may take until all has arrived. */
  calling?: number;
  /** How often it is looked at. */
  interval?: number;
  clock?: Clock;
}

/** Tries which kinds of address this network and these servers give. */
export async function findWays(
  configuration: RTCConfiguration,
  { gathering = 8000, clock = systemClock }: CheckOptions = {},
): Promise<Found> {
  const urls = (configuration.iceServers ?? []).flatMap((server) => server.urls);
  const has = (scheme: RegExp) => urls.some((url) => scheme.test(url));
  const seen = new Set<string | null>();
  let refused = false;
  const pc = new RTCPeerConnection({ ...configuration, iceTransportPolicy: 'all' });
  try {
    pc.createDataChannel('check');
    await new Promise<void>((resolve, reject) => {
      const stop = clock.after(gathering, resolve);
      pc.onicecandidate = ({ candidate }) => {
        if (candidate?.candidate) seen.add(candidate.type);
        if (candidate) return;
        stop();
        resolve();
      };
      pc.onicecandidateerror = ({ errorCode }) => {
        refused ||= errorCode === UNAUTHORIZED;
      };
      pc.setLocalDescription().catch(reject);
    });
  } finally {
    pc.close();
  }
  const way = (type: Way, asked: boolean) =>
    seen.has(type) ? 'found' : asked ? 'missing' : 'unasked';
  return {
    host: way('host', true),
    // A relay says from where it was asked, too.
    srflx: way('srflx', has(/^(stun|turn)s?:/)),
    relay: refused && !seen.has('relay') ? 'refused' : way('relay', has(/^turns?:/)),
  };
}

/** Makes a loopback call with the given sound and picture, and looks at the media that arrive. */
export async function callOneself(
  configuration: RTCConfiguration,
  stream: MediaStream,
  { calling = 15_000, interval = 100, clock = systemClock }: CheckOptions = {},
): Promise<Loopback> {
  const near = new RTCPeerConnection(configuration);
  const far = new RTCPeerConnection(configuration);
  const kinds = stream.getTracks().map(({ kind }) => kind);
  const result: Loopback = {
    connected: false,
    data: false,
    sound: kinds.includes('audio') ? false : undefined,
    picture: kinds.includes('video') ? false : undefined,
  };
  try {
    passCandidates(near, far);
    passCandidates(far, near);
    const channel = near.createDataChannel('check');
    channel.onopen = () => channel.send('check');
    far.ondatachannel = (event) => {
      event.channel.onmessage = () => (result.data = true);
    };
    for (const track of stream.getTracks()) near.addTrack(track, stream);
    await exchange(near, far);
    const end = clock.now() + calling;
    const all = () => Object.values(result).every((value) => value !== false);
    while (!all() && clock.now() < end) {
      await new Promise<void>((resolve) => void clock.after(interval, resolve));
      await look(far, result);
    }
    return result;
  } finally {
    near.close();
    far.close();
  }
}

/** Offer and answer between two connections of one page. */
async function exchange(near: RTCPeerConnection, far: RTCPeerConnection): Promise<void> {
  await near.setLocalDescription();
  await far.setRemoteDescription(near.localDescription!);
  await far.setLocalDescription();
  await near.setRemoteDescription(far.localDescription!);
}

/** Those that come before there is a description to add them to wait for it. */
function passCandidates(from: RTCPeerConnection, to: RTCPeerConnection): void {
  const early: RTCIceCandidate[] = [];
  const add = (candidate: RTCIceCandidate) =>
    // A connection that has been closed meanwhile needs none.
    void to.addIceCandidate(candidate).catch(() => {});
  from.onicecandidate = ({ candidate }) => {
    if (!candidate) return;
    if (to.remoteDescription) add(candidate);
    else early.push(candidate);
  };
  to.addEventListener('signalingstatechange', () => {
    if (to.remoteDescription) early.splice(0).forEach(add);
  });
}

async function look(far: RTCPeerConnection, result: Loopback): Promise<void> {
  result.connected ||= far.connectionState === 'connected';
  const stats = await statsOf(far);
  const arrived = stats.some(
    ({ type, kind, packetsReceived }) =>
      type === 'inbound-rtp' && kind === 'audio' && Number(packetsReceived) > 0,
  );
  if (result.sound === false) result.sound = arrived;
  if (result.picture === false) result.picture = !!totals(stats, 0).framesDecoded;
}
