import type { Call } from '../call/call.js';
import { RtcError } from '../errors.js';
import { watchDevices } from '../media/watch-devices.js';
import type { SessionSettings } from '../settings.js';
import type { Signaling } from '../signaling/signaling.js';
import type { PeerTransport } from './peer-transport.js';

/** How long the side that did not ask for the connection leaves the restart to the other; ms. */
const COURTESY = 1500;

/** What a recovery needs of the session around it. */
interface RecoveryHost {
  readonly settings: SessionSettings;
  readonly signaling: Signaling;
  configuration(this: void): RTCConfiguration;
  calls(this: void, transport: PeerTransport): Call[];
  error(this: void, error: RtcError): void;
  fault(this: void, error: unknown): void;
}

/**
 * Firefox writes its ICE user names as eight hexadecimal digits, others write four characters of
 * another kind. It says `o=mozilla…` too, but Chromium gives a remote description back without it.
 */
const isFirefox = (description: RTCSessionDescription | null) =>
  /^a=ice-ufrag:[\da-f]{8}\r?$/m.test(description?.sdp ?? '');

/** What browsers on phones tell of the network (Network Information API); others nothing, or no type. */
const { connection: network } = (globalThis.navigator ?? {}) as {
  connection?: EventTarget & { readonly type?: string };
};

/** What looks for another path for one connection. */
export interface Recovery {
  /** The connection's state has changed, or a call that uses it. */
  changed(): void;
  stop(): void;
}

/**
 * Looks for another path when that of a connection is lost: as soon as the connection says so, when
 * the network is back or another, when the server is there again, and from time to time until there
 * is one. The side that
 * asked for the connection begins; both at once do no harm (perfect negotiation).
 *
 * Where Firefox is at neither end, ICE restarts. With it the connection is made anew, always by the
 * side that asked for it: Firefox's DTLS does not survive the loss of a network, and with another
 * browser it receives nothing any more after a restart (docs/decisions/008).
 */
export function recover(
  transport: PeerTransport,
  { settings, signaling, configuration, calls, error, fault }: RecoveryHost,
): Recovery {
  let cancel: (() => void) | undefined;

  const after = (delay: number, task: () => void) => {
    cancel?.();
    cancel = settings.clock.after(delay, task);
  };
  const lost = () => transport.state !== 'connected';
  const signedIn = () => signaling.state.status === 'signed-in';
  const mend = () => {
    const { pc } = transport;
    // An offer on its way will arrive: signaling sees to that.
    if (pc.signalingState === 'stable' && pc.remoteDescription) {
      if (!transport.plain && [pc.localDescription, pc.remoteDescription].some(isFirefox)) {
        if (transport.initiator) {
          if (signedIn()) void renew();
        } else if (transport.state === 'failed') {
          // The other side may not have noticed; now it will.
          pc.close();
        }
      } else if (signedIn() || !lost()) {
        // Without the server there is nobody to tell, unless the path is there after all.
        transport.viaServer = true;
        // The credentials for relays that it began with may be over.
        pc.setConfiguration(configuration());
        pc.restartIce();
      }
    }
    if (lost()) after(settings.recoveryInterval, mend);
  };
  const renew = async () => {
    transport.renew(true);
    const { pc, negotiation } = transport;
    try {
      transport.send({ type: 'offer', offer: await negotiation.offer(), fresh: true });
    } catch (error) {
      if (pc.signalingState !== 'closed') fault(error);
    }
  };
  const soon = () => after(transport.initiator ? 0 : COURTESY, mend);
  const onSignaling = () => {
    if (lost() && signedIn()) soon();
  };
  let type = network?.type;
  const onNetwork = () => {
    // It also tells of every change of speed.
    if (type !== (type = network?.type) && type !== 'none') mend();
  };

  signaling.addEventListener('change', onSignaling);
  network?.addEventListener('change', onNetwork);
  addEventListener('online', mend);
  return {
    changed() {
      for (const { media } of calls(transport)) {
        watchDevices(media, (kind) => error(new RtcError('media-lost', `The ${kind} track ended`)));
      }
      const { state } = transport;
      if (state === 'disconnected' || state === 'failed') {
        // The way to the server may be lost as well.
        signaling.wake({ type: state });
        soon();
      }
      if (!lost()) cancel?.();
    },
    stop() {
      cancel?.();
      signaling.removeEventListener('change', onSignaling);
      network?.removeEventListener('change', onNetwork);
      removeEventListener('online', mend);
    },
  };
}
