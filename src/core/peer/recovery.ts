import type { SessionSettings } from '../settings.js';
import type { Signaling } from '../signaling/signaling.js';
import type { Peer } from './peer.js';

/** How long the side that did not ask for the connection leaves the restart to the other; ms. */
const COURTESY = 1500;

/** What a recovery needs of the session around it. */
interface RecoveryHost {
  readonly settings: SessionSettings;
  readonly signaling: Signaling;
}

/** Firefox says so in the session's name (`o=mozilla…`). */
const isFirefox = (description: RTCSessionDescription | null) =>
  !!description?.sdp.includes('\no=mozilla');

/**
 * Looks for another path when that of a connection is lost, by ICE restarts: as soon as the
 * connection says so, when the network is back, when the server is, and from time to time until
 * there is one. The side that asked for the connection begins; both at once do no harm (perfect
 * negotiation). Between Firefox and another browser a restart is left to Firefox, and for when the
 * path has failed: on a path that works, Firefox then receives nothing any more (Firefox ESR 153 with
 * Chromium 156, bare pages too; docs/reliability.md).
 * @returns a function that ends it
 */
export function recover(peer: Peer, { settings, signaling }: RecoveryHost): () => void {
  const { pc } = peer;
  let cancel: (() => void) | undefined;

  const after = (delay: number, task: () => void) => {
    cancel?.();
    cancel = settings.clock.after(delay, task);
  };
  const lost = () => peer.state !== 'connected';
  const restart = () => {
    // Without the server there is nobody to tell, unless the path is there after all.
    const heard = signaling.state.status === 'signed-in' || !lost();
    // An offer on its way will arrive: signaling sees to that.
    const [mine, theirs] = [isFirefox(pc.localDescription), isFirefox(pc.remoteDescription)];
    const wise = mine === theirs || (mine && peer.state === 'failed');
    if (heard && wise && pc.signalingState === 'stable') {
      peer.viaServer = true;
      pc.restartIce();
    }
    if (lost()) after(settings.recoveryInterval, restart);
  };
  const soon = () => after(peer.initiator ? 0 : COURTESY, restart);
  const onState = () => {
    if (lost()) soon();
    else cancel?.();
  };
  const onSignaling = () => {
    if (lost() && signaling.state.status === 'signed-in') soon();
  };

  pc.addEventListener('connectionstatechange', onState);
  signaling.addEventListener('change', onSignaling);
  addEventListener('online', restart);
  return () => {
    cancel?.();
    pc.removeEventListener('connectionstatechange', onState);
    signaling.removeEventListener('change', onSignaling);
    removeEventListener('online', restart);
  };
}
