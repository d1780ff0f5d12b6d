import type { CallKind, Description, EndReason } from '../../protocol/messages.js';
import { RtcError } from '../errors.js';
import type { LocalMedia } from '../media/local-media.js';
import type { LeaseMessage } from '../transport/control-message.js';
import type { PeerTransport } from '../transport/peer-transport.js';
import type { CarriedSlots, Slot } from '../transport/slots.js';
import type { TransportErrorEvent } from '../transport/transport-events.js';
import type { CallTransports } from './call-host.js';

/** The call that owns the connection, as the connection uses it. */
export interface CallConnectionHost {
  transportChanged(): void;
  heard(message: LeaseMessage): void;
  /** The partner sends more than this page can take. */
  flooded(): void;
}

export interface CallConnectionInit {
  readonly id: string;
  readonly name: string;
  readonly kind: CallKind;
  /** The partner is a basic client, as the ring said. */
  readonly basic?: boolean | undefined;
  /** The offer that came with the ring. */
  readonly offer?: Description | undefined;
}

const slotsOf: Readonly<Record<CallKind, readonly Slot[]>> = {
  video: ['microphone', 'camera'],
  voice: ['microphone'],
  chat: [],
};

/** The transport of a call: a new transport, or the transport that both sides share already. */
export class CallConnection {
  readonly #init: CallConnectionInit;
  readonly #transports: CallTransports;
  readonly #host: CallConnectionHost;
  readonly #slots: CarriedSlots;
  /** Not to be shared: an offer while a transport exists means that the caller is at another device. */
  readonly #apart: PeerTransport | undefined;
  #transport: PeerTransport | undefined;
  #subscription: AbortController | undefined;

  constructor(init: CallConnectionInit, transports: CallTransports, host: CallConnectionHost) {
    this.#init = init;
    this.#transports = transports;
    this.#host = host;
    const slots = slotsOf[init.kind];
    this.#slots = { sends: slots, takes: slots };
    this.#apart = init.offer && transports.find(init.name);
  }

  /** The transport that carries the call, or carried it, once there is one. */
  get transport(): PeerTransport | undefined {
    return this.#transport;
  }

  /** The stream of the partner's microphone and camera. */
  get stream(): MediaStream | undefined {
    const { microphone, camera } = this.#transport?.state.streams ?? {};
    return microphone ?? camera;
  }

  /** Caller: what to ring with. @returns undefined when both sides share a transport already */
  async ringOffer(): Promise<Description | undefined> {
    return this.#shared ? undefined : this.offer();
  }

  /** Opens a transport of the call's own. @returns the offer for it */
  offer(): Promise<Description> {
    return this.#open(true).offer();
  }

  /**
   * Callee: takes the transport that both share, or answers the offer of the ring.
   * @returns the answer, undefined on a shared transport
   * @throws {RtcError} `connection-failed` when there is neither
   */
  async answer(): Promise<Description | undefined> {
    const { offer } = this.#init;
    if (this.#shared || !offer) {
      this.#share(false);
      return undefined;
    }
    return this.#open(false).answer(offer);
  }

  /**
   * Caller: takes what came with the accept.
   * @returns undefined when there is nothing to wait for
   * @throws {RtcError} `connection-failed` when the callee means a transport that is gone
   */
  accepted(answer: Description | undefined): Promise<void> | undefined {
    if (answer) return this.#transport?.accepted(answer);
    // The callee answers on the transport that both share.
    const offered = this.#transport;
    if (offered && offered !== this.#shared) {
      this.close();
      this.#transport = undefined;
    }
    this.#share(true);
    return undefined;
  }

  /** Both have agreed: the call takes its lease. @throws {RtcError} `connection-failed` */
  establish(): void {
    if (!this.#transport) throw new RtcError('connection-failed');
    this.#transports.lease(this.#transport, this.#init.id);
    this.#transport.establish();
  }

  send({ tracks }: LocalMedia): void {
    if (this.#init.kind === 'chat') return;
    this.#transport?.setTracks({ microphone: tracks.audio, camera: tracks.video });
  }

  /** Tells the partner whether it can hear and see this person. */
  sayMedia({ state: { microphone, camera } }: LocalMedia): void {
    if (this.#init.kind === 'chat') return;
    this.#transport?.say({ type: 'media', microphone, camera });
  }

  sayLeave(reason: EndReason): void {
    this.#transport?.say({ type: 'leave', call: this.#init.id, reason });
  }

  /** Gives the transport back. */
  close(): void {
    this.#subscription?.abort();
    if (this.#transport) this.#transports.release(this.#transport, this.#init.id);
  }

  get #shared(): PeerTransport | undefined {
    return this.#transports.find(this.#init.name, this.#apart);
  }

  #share(offers: boolean): void {
    const shared = this.#shared;
    if (!shared) throw new RtcError('connection-failed');
    this.#use(shared, offers);
  }

  #open(initiator: boolean): PeerTransport {
    const { name, basic = false } = this.#init;
    return this.#use(
      this.#transports.open({ name, initiator, basic: !initiator && basic }),
      initiator,
    );
  }

  #use(transport: PeerTransport, offers: boolean): PeerTransport {
    this.#transport = transport;
    this.#subscription?.abort();
    this.#subscription = new AbortController();
    const { signal } = this.#subscription;
    const host = this.#host;
    const onError = ({ error }: TransportErrorEvent) => {
      if (error.code === 'partner-floods') host.flooded();
    };
    transport.addEventListener('change', () => host.transportChanged(), { signal });
    transport.addEventListener('control', ({ message }) => host.heard(message), { signal });
    transport.addEventListener('error', onError, { signal });
    transport.carry(this.#init.id, this.#slots, offers);
    return transport;
  }
}
