import type { SessionSettings } from '../settings.js';
import type { Signaling } from '../signaling/signaling.js';
import type { PeerTransport } from './peer-transport.js';

/** How long the side that did not ask for the connection leaves the restart to the other; ms. */
const COURTESY = 1500;

/** The interface through which a recovery uses the pool around it. */
export interface RecoveryHost {
  readonly settings: SessionSettings;
  readonly signaling: Signaling;
}

/**
 * Firefox writes its ICE user names as eight hexadecimal digits, others write four characters of
 * another kind. It says `o=mozilla…` too, but Chromium gives a remote description back without it.
 */
const isFirefox = (description: RTCSessionDescription | null) =>
  /^a=ice-ufrag:[\da-f]{8}\r?$/m.test(description?.sdp ?? '');

/** Browsers on phones tell of the network (Network Information API); others have nothing, or no type. */
const { connection: network } = (globalThis.navigator ?? {}) as {
  connection?: EventTarget & { readonly type?: string };
};

/**
 * Looks for another path when a transport loses its path: as soon as its state says so, when
 * the network is back or another, when the server is there again, and from time to time until there
 * is a path. The side that asked for the connection begins; both at once do no harm (perfect
 * negotiation).
 *
 * Where Firefox is at neither end, ICE restarts. With Firefox the connection is made anew, always by
 * the side that asked for it: Firefox's DTLS does not survive the loss of a network, and with another
 * browser it receives nothing any more after a restart (docs/decisions/008).
 *
 * @returns a function that ends it
 */
export function recover(
  transport: PeerTransport,
  { settings, signaling }: RecoveryHost,
): () => void {
  let cancel: (() => void) | undefined;

  const after = (delay: number, task: () => void) => {
    cancel?.();
    cancel = settings.clock.after(delay, task);
  };
  const lost = () => transport.state.connection !== 'connected';
  const signedIn = () => signaling.state.status === 'signed-in';
  const mendWithFirefox = () => {
    if (transport.initiator) {
      if (signedIn()) void transport.offerAnew();
    } else if (transport.state.connection === 'failed') {
      // The partner may not have noticed; now it will.
      transport.pc.close();
    }
  };
  const mend = () => {
    const { pc, state } = transport;
    // An offer on its way will arrive: signaling sees to that.
    if (pc.signalingState === 'stable' && pc.remoteDescription) {
      if (!state.basic && [pc.localDescription, pc.remoteDescription].some(isFirefox)) {
        mendWithFirefox();
      } else if (signedIn() || !lost()) {
        // Without the server there is nobody to tell, unless the path is there after all.
        transport.restartIce();
      }
    }
    if (lost()) after(settings.recoveryInterval, mend);
  };
  const soon = () => after(transport.initiator ? 0 : COURTESY, mend);
  const onTransport = () => {
    const { connection } = transport.state;
    if (connection === 'disconnected' || connection === 'failed') {
      // The way to the server may be lost as well.
      signaling.wake({ type: connection });
      soon();
    }
    if (!lost()) cancel?.();
  };
  const onSignaling = () => {
    if (lost() && signedIn()) soon();
  };
  let type = network?.type;
  const onNetwork = () => {
    // It also tells of every change of speed.
    if (type !== (type = network?.type) && type !== 'none') mend();
  };

  const listening = new AbortController();
  const { signal } = listening;
  transport.addEventListener('change', onTransport, { signal });
  signaling.addEventListener('change', onSignaling, { signal });
  network?.addEventListener('change', onNetwork, { signal });
  addEventListener('online', mend, { signal });
  return () => {
    cancel?.();
    listening.abort();
  };
}
