import type {
  Announcement,
  CallKind,
  Description,
  EndReason,
  ServerMessage,
} from '../../protocol/messages.js';
import { RtcError, type ErrorCode } from '../errors.js';
import { LocalMedia, type LocalMediaState } from '../media/local-media.js';
import type { MediaKind } from '../media/media-kind.js';
import { watchDevices } from '../media/watch-devices.js';
import { steadyDate } from '../../time/steady-date.js';
import { Store } from '../store.js';
import type { LeaseMessage } from '../transport/control-message.js';
import type { PeerTransport } from '../transport/peer-transport.js';
import { CallConnection } from './call-connection.js';
import type { CallHost } from './call-host.js';
import { CallMessages, endReasonOf, type CallFacts } from './call-messages.js';
import { agreedPhase, followTransport, type CallPhase } from './phase.js';

export interface CallState {
  phase: CallPhase;
  /** The partner's device rings (outgoing calls). */
  reached: boolean;
  /** Accepting has been asked for and is on its way. */
  pending: boolean;
  /** Why the call ended. */
  reason?: EndReason;
  /** The error, if an error ended the call. */
  error?: ErrorCode;
  /** When it became active, in milliseconds since 1970 as `steadyDate()` counts them. */
  since?: number;
  local: LocalMediaState;
  /** The partner's stream, and the muted states that the partner reports. */
  remote: { stream?: MediaStream; microphone: boolean; camera: boolean };
}

export interface CallInit extends CallFacts {
  /** The partner is a basic client, as the ring said. */
  readonly basic?: boolean | undefined;
  /** The offer that came with the ring. */
  readonly offer?: Description | undefined;
  /** The page before in this tab was in the call: to accept it is to go on with it. */
  readonly rejoin?: boolean | undefined;
  /** Muted there: it stays so. */
  readonly muted?: boolean | undefined;
  /** The camera was turned off there: it stays so. */
  readonly cameraOff?: boolean | undefined;
}

/**
 * A call with one person, from the first ring to its end. The call owns its local media and
 * leases a transport. Fires `change`.
 */
export class Call extends Store<CallState> {
  readonly id: string;
  /** The partner: as dialled, then as the server keeps it. */
  name: string;
  readonly kind: CallKind;
  readonly direction: 'outgoing' | 'incoming';
  /** The page before in this tab was in this call, which rings to be taken up again. */
  readonly rejoin: boolean;
  /**
   * Both called at once, and the partner's call took the place of this one.
   * @internal
   */
  replaced = false;
  /**
   * This person's devices.
   * @internal
   */
  media: LocalMedia;

  readonly #init: CallInit;
  readonly #host: CallHost;
  readonly #connection: CallConnection;
  readonly #messages: CallMessages;
  #cancelTimer: (() => void) | undefined;
  /** The partner's page has gone away, to be loaded again or for good. */
  #away = false;
  /** The server does not know the partner any more: only the transport is left. */
  #gone = false;

  /** @internal */
  constructor(init: CallInit, host: CallHost, handedOver?: LocalMedia) {
    const media =
      handedOver ?? new LocalMedia(host.settings, (error) => host.error(error), offIn(init));
    super({
      phase: 'ringing',
      reached: false,
      pending: false,
      local: media.state,
      remote: { microphone: true, camera: init.kind === 'video' },
    });
    this.id = init.id;
    this.name = init.name;
    this.kind = init.kind;
    this.direction = init.direction;
    this.rejoin = !!init.rejoin;
    this.media = media;
    this.#init = init;
    this.#host = host;
    this.#messages = new CallMessages(this, host.signaling);
    this.#connection = new CallConnection(init, host.transports, {
      transportChanged: () => this.followTransport(),
      heard: (message) => this.#heard(message),
      flooded: () => this.#abort('partner-floods'),
    });
    media.addEventListener('change', this.#onMediaChange);
    // The caller says for how long it rings. Where that word is lost, it does not ring for ever.
    this.#endAfter(2 * host.settings.ringTimeout, 'no-answer');
  }

  get ended(): boolean {
    return this.state.phase === 'ended';
  }

  /** The transport that carries the call, or carried it, once there is one. */
  get transport(): PeerTransport | undefined {
    return this.#connection.transport;
  }

  /**
   * The data that the next page in this tab needs to resume the call; undefined if it cannot.
   * @internal
   */
  get kept(): CallInit | undefined {
    const { id, name, kind, state, direction } = this;
    if (state.phase === 'ringing' && !this.rejoin) {
      const { basic, offer } = this.#init;
      return { id, name, kind, direction, basic, offer };
    }
    const goesOn = kind !== 'chat' && !this.transport?.state.basic;
    if (!goesOn) return undefined;
    const [muted, cameraOff] = [this.media.isOff('audio'), this.media.isOff('video')];
    return { id, name, kind, direction: 'incoming', rejoin: true, muted, cameraOff };
  }

  /**
   * Takes an incoming call. Only now does anything connect.
   * @param options `devices: false` leaves camera and microphone closed until they are asked for
   */
  async accept({ devices = true } = {}): Promise<void> {
    const { phase, pending } = this.state;
    if (this.direction === 'outgoing' || phase !== 'ringing' || pending) return;
    this.update({ pending: true });
    if (devices) this.#beginMedia();
    try {
      if (this.rejoin) {
        const offer = await this.#connection.offer();
        if (!this.ended) this.#messages.offerAnew(offer);
        return;
      }
      const answer = await this.#connection.answer();
      if (this.ended) return;
      this.#messages.accept(answer);
      this.#agree();
    } catch (error) {
      this.#fail(error);
    }
  }

  /** Says no to an incoming call. */
  decline(reason: EndReason = 'declined'): void {
    if (this.direction === 'outgoing' || this.state.phase !== 'ringing') return;
    if (this.rejoin) {
      this.#messages.leave('hung-up');
      return this.end('hung-up');
    }
    this.#messages.decline(reason);
    this.end(reason);
  }

  /** Ends the call, in whatever phase it is. */
  hangUp(reason: EndReason = 'hung-up'): void {
    if (this.ended) return;
    if (this.state.phase !== 'ringing') {
      this.#connection.sayLeave(reason);
      this.#messages.leave(reason);
      this.end(reason);
    } else if (this.direction === 'outgoing') {
      const why = reason === 'hung-up' ? 'cancelled' : reason;
      this.#messages.cancel(why);
      this.end(why);
    } else this.decline(reason === 'hung-up' ? 'declined' : reason);
  }

  /** Opens camera and microphone, as the kind of call wants, where neither has been opened. */
  openDevices(): void {
    const { stream, pending } = this.media.state;
    if (!this.ended && !stream && !pending) this.#beginMedia();
  }

  /** Turns this person's microphone on or off. */
  setMicrophone(on: boolean): Promise<void> {
    return this.media.setMicrophone(on);
  }

  /** Turns this person's camera on or off. */
  setCamera(on: boolean): Promise<void> {
    return this.media.setCamera(on);
  }

  /**
   * Rings the partner, and opens the devices meanwhile.
   * @internal
   */
  async start(): Promise<void> {
    this.#beginMedia();
    this.#endAfter(this.#host.settings.ringTimeout, 'no-answer');
    try {
      const offer = await this.#connection.ringOffer();
      if (this.ended) return;
      if (!this.#messages.ring(offer)) throw new RtcError('not-signed-in');
    } catch (error) {
      this.#fail(error);
    }
  }

  /**
   * Reads a message of the server about this call.
   * @internal
   */
  async receive(message: ServerMessage): Promise<void> {
    if (this.ended || this.#isOfFormerPage(message)) return;
    switch (message.type) {
      case 'ringing':
        this.name = message.name;
        if (message.plain) this.transport?.becomeBasic();
        return this.update({ reached: true });
      case 'accept':
        return this.#accepted(message.answer);
      case 'offer':
        if (message.fresh) return this.#reconnect(message.offer);
        this.transport?.distrustPath();
        return this.transport?.receive(message);
      case 'answer':
        if (this.state.phase === 'ringing') return this.#accepted(message.answer);
        return this.transport?.receive(message);
      case 'candidate': {
        const { candidate = null } = message;
        return this.transport?.receive({ type: 'candidate', candidate });
      }
      default: {
        if (message.type === 'leave' && message.reason === 'gone' && this.#outlivesServer()) return;
        const rings = this.state.phase === 'ringing' && !this.rejoin;
        const reason = endReasonOf(message, rings);
        if (reason) this.end(reason);
      }
    }
  }

  /**
   * Whether a message is meant for the page before: the partner's transport, which looks for another
   * path, does not know yet that its counterpart is gone, and that this page offers a fresh one.
   */
  #isOfFormerPage(message: ServerMessage): boolean {
    if (!this.rejoin || this.state.phase !== 'ringing') return false;
    return message.type === 'candidate' || (message.type === 'offer' && !message.fresh);
  }

  /**
   * Says whether the partner's page has gone away, or is back.
   * @internal
   */
  setAway(away: boolean): void {
    this.#away = away;
    this.#gone = false;
    this.followTransport();
  }

  /**
   * Goes where the state of the transport leads, and tells the partner of this person's devices.
   * @internal
   */
  followTransport(): void {
    const { phase, since } = this.state;
    if (phase === 'ringing' || phase === 'ended' || !this.transport) return;
    const { connection } = this.transport.state;
    this.#connection.sayMedia(this.media);
    const next = followTransport({
      phase,
      connection,
      begun: !!since,
      away: this.#away,
      gone: this.#gone,
    });
    if (next?.phase === 'active') this.#activate();
    else if (next?.phase === 'reconnecting') {
      this.update({ phase: 'reconnecting' });
      this.#endAfter(this.#host.settings.recoveryLimit, 'lost');
    } else if (next?.phase === 'ended') {
      if (next.tells) this.hangUp(next.reason);
      else this.end(next.reason);
    }
  }

  /**
   * The message for a server that has forgotten the call; undefined with a basic client.
   * @internal
   */
  announcement(): Announcement | undefined {
    return this.transport?.state.basic ? undefined : this.#messages.announcement(this.#isAccepted);
  }

  /**
   * Ends the call here, whatever the partner knows of it: devices closed, lease returned.
   * @internal
   */
  end(reason: EndReason, error = this.state.error): void {
    if (this.ended) return;
    this.#cancelTimer?.();
    this.media.removeEventListener('change', this.#onMediaChange);
    this.media.stop();
    this.#connection.close();
    this.#messages.forget();
    const remote = { ...this.state.remote, stream: undefined };
    this.update({
      phase: 'ended',
      pending: false,
      reason,
      error,
      local: this.media.state,
      remote,
    });
  }

  /**
   * Hands the open devices to the call that takes the place of this one.
   * @internal
   */
  handOver(): LocalMedia {
    const media = this.media;
    media.removeEventListener('change', this.#onMediaChange);
    this.media = new LocalMedia(this.#host.settings, () => {});
    return media;
  }

  /** Nothing changes a call that has ended. */
  protected override update(patch: Partial<CallState>): void {
    if (!this.ended) super.update(patch);
  }

  get #isAccepted(): boolean {
    return this.rejoin || this.state.phase !== 'ringing';
  }

  /** Reads what the partner says directly. */
  #heard(message: LeaseMessage): void {
    if (message.type === 'media') {
      const { microphone, camera } = message;
      this.update({ remote: { ...this.state.remote, microphone, camera } });
      // Its page has not gone away after all: the next one would begin with another connection.
      if (this.#away) this.setAway(false);
    } else if (message.type === 'leave' && message.call === this.id) {
      this.end(message.reason ?? 'hung-up');
    }
  }

  /**
   * The server has lost the partner. @returns whether the transport works, and so the call goes on:
   * then the server is told of it
   */
  #outlivesServer(): boolean {
    const { state } = this.transport ?? {};
    if (this.state.phase === 'ringing' || state?.connection !== 'connected' || state.basic) {
      return false;
    }
    this.#messages.announce(this.#isAccepted);
    this.setAway(false);
    this.#gone = true;
    return true;
  }

  async #accepted(answer: Description | undefined): Promise<void> {
    const asked = this.direction === 'outgoing' || (this.rejoin && this.state.pending);
    if (!asked || this.state.phase !== 'ringing') return;
    try {
      const connecting = this.#connection.accepted(answer);
      this.#agree();
      await connecting;
    } catch (error) {
      this.#fail(error);
    }
  }

  /** The partner begins anew: its page was loaded again, or its connection cannot be mended. */
  async #reconnect(offer: Description): Promise<void> {
    if (!this.transport || this.state.phase === 'ringing') return;
    this.#away = false;
    try {
      const answer = await this.transport.answerAnew(offer);
      if (!answer || this.ended) return;
      this.#messages.answerAnew(answer);
      this.#agree();
    } catch (error) {
      this.#fail(error);
    }
  }

  /** Both have agreed: from here on the call follows its transport. */
  #agree(): void {
    this.#connection.establish();
    this.#sendMedia();
    const { since, remote } = this.state;
    this.update({
      phase: agreedPhase(!!since),
      pending: false,
      remote: { ...remote, stream: this.#connection.stream },
    });
    this.#endAfter(this.#host.settings.connectTimeout, 'failed');
    this.followTransport();
  }

  #activate(): void {
    this.#cancelTimer?.();
    this.update({
      phase: 'active',
      since: this.state.since ?? steadyDate(),
      remote: { ...this.state.remote, stream: this.#connection.stream },
    });
    watchDevices(this.media, (kind) => {
      this.#host.error(new RtcError('media-lost', `The ${kind} track ended`));
    });
  }

  #beginMedia(): void {
    if (this.kind === 'chat') return;
    void this.media.open({ audio: true, video: this.kind === 'video' });
  }

  #sendMedia(): void {
    this.#connection.send(this.media);
    this.#connection.sayMedia(this.media);
  }

  #onMediaChange = (): void => {
    this.update({ local: this.media.state });
    this.#sendMedia();
  };

  #endAfter(delay: number, reason: EndReason): void {
    this.#cancelTimer?.();
    this.#cancelTimer = this.#host.settings.clock.after(delay, () => this.hangUp(reason));
  }

  #fail(cause: unknown): void {
    if (this.ended) return;
    const error =
      cause instanceof RtcError
        ? cause
        : new RtcError('connection-failed', String(cause), { cause });
    this.#host.error(error);
    this.#abort(error.code);
  }

  /** Ends the call at both sides because something went wrong, which has been told already. */
  #abort(error: ErrorCode): void {
    this.update({ error });
    this.hangUp('failed');
  }
}

/** The devices that the page before has turned off. */
const offIn = ({ muted, cameraOff }: CallInit): MediaKind[] => [
  ...(muted ? (['audio'] as const) : []),
  ...(cameraOff ? (['video'] as const) : []),
];
