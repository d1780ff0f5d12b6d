import type {
  CallKind,
  Announcement,
  ClientMessage,
  Description,
  EndReason,
  ServerMessage,
} from '../../protocol/messages.js';
import { RtcError, type ErrorCode } from '../errors.js';
import { LocalMedia, type LocalMediaState, type MediaKind } from '../media/local-media.js';
import type { ControlMessage } from '../peer/control-message.js';
import type { Peer } from '../peer/peer.js';
import type { SessionSettings } from '../settings.js';
import { Store } from '../store.js';

/**
 * ringing → connecting → active ⇄ reconnecting → ended; every phase may go straight to ended.
 */
export type CallPhase = 'ringing' | 'connecting' | 'active' | 'reconnecting' | 'ended';

export interface CallState {
  phase: CallPhase;
  /** The other side's device rings (outgoing calls). */
  reached: boolean;
  /** Accepting has been asked for and is on its way. */
  pending: boolean;
  /** Why the call ended. */
  reason?: EndReason;
  /** What went wrong, when that is why. */
  error?: ErrorCode;
  /** When it became active, in milliseconds since 1970. */
  since?: number;
  local: LocalMediaState;
  /** What the other side says of itself, and what comes from it. */
  remote: { stream?: MediaStream; microphone: boolean; camera: boolean };
}

/** What a call needs of the session it belongs to. */
export interface CallLine {
  readonly settings: SessionSettings;
  send(message: ClientMessage): boolean;
  /** A connection with the other side: the one there is already, or a new one. */
  newPeer(call: Call, initiator: boolean, plain?: boolean): Peer;
  existingPeer(call: Call): Peer | undefined;
  release(call: Call, peer: Peer): void;
  /** What has not arrived of a call that is over need not. */
  forget(call: string): void;
  error(error: RtcError): void;
}

export interface CallInit {
  id: string;
  /** The other person, as shown. */
  name: string;
  kind: CallKind;
  direction: 'outgoing' | 'incoming';
  /** The other side is a client of the course, as the ring said. */
  plain?: boolean;
  /** What came with the ring. */
  offer?: Description;
  /** The page before in this tab was in it: to accept it is to go on with it. */
  rejoin?: boolean;
}

/**
 * One call with one person, from the first ring to its end. It owns its local media and leases
 * a connection. Fires `change`.
 */
export class Call extends Store<CallState> {
  readonly id: string;
  /** The other person: as dialled, then as the server keeps it. */
  name: string;
  readonly kind: CallKind;
  readonly direction: 'outgoing' | 'incoming';
  /** The page before in this tab was in this call, which rings to be taken up again. */
  readonly rejoin: boolean;
  /** @internal Both called at once, and the other one's call took this one's place. */
  replaced = false;

  readonly #line: CallLine;
  readonly #plain: boolean;
  readonly #offer: Description | undefined;
  /** @internal One's own devices. */
  media: LocalMedia;
  #peer: Peer | undefined;
  #cancelTimer: (() => void) | undefined;
  /** Its page has gone away, to be loaded again or for good. */
  #away = false;
  /** The server does not know the other side any more: only the connection is left. */
  #gone = false;

  /** @internal */
  constructor(init: CallInit, line: CallLine, media?: LocalMedia) {
    const mine = media ?? new LocalMedia(line.settings, (error) => line.error(error));
    super({
      phase: 'ringing',
      reached: false,
      pending: false,
      local: mine.state,
      remote: { microphone: true, camera: init.kind === 'video' },
    });
    this.id = init.id;
    this.name = init.name;
    this.kind = init.kind;
    this.direction = init.direction;
    this.rejoin = !!init.rejoin;
    this.#plain = !!init.plain;
    this.#offer = init.offer;
    this.#line = line;
    this.media = mine;
    mine.addEventListener('change', this.#onMediaChange);
    // The caller says for how long it rings. Where that word is lost, it does not ring for ever.
    this.#endAfter(2 * line.settings.ringTimeout, 'no-answer');
  }

  get ended(): boolean {
    return this.state.phase === 'ended';
  }

  /** @internal The connection that carries the call, once there is one. */
  get peer(): Peer | undefined {
    return this.#peer;
  }

  /** @internal What the next page in this tab needs to take the call up: none of a chat. */
  get kept(): CallInit | undefined {
    const { id, name, kind, state, direction } = this;
    if (state.phase === 'ringing' && !this.rejoin) {
      return { id, name, kind, direction, plain: this.#plain, offer: this.#offer };
    }
    const goesOn = kind !== 'chat' && !this.#peer?.plain;
    return goesOn ? { id, name, kind, direction: 'incoming', rejoin: true } : undefined;
  }

  /** @internal Rings the other side, and opens the devices meanwhile. */
  async start(): Promise<void> {
    this.openDevices();
    this.#endAfter(this.#line.settings.ringTimeout, 'no-answer');
    try {
      const { id: call, name, kind } = this;
      const offer = this.#line.existingPeer(this) ? undefined : await this.#makeOffer();
      if (this.ended) return;
      if (!this.#line.send({ type: 'call', name, call, kind, offer })) {
        throw new RtcError('not-signed-in');
      }
    } catch (error) {
      this.#fail(error);
    }
  }

  /**
   * Takes an incoming call. Only now does anything connect.
   * @param options `devices: false` leaves camera and microphone closed until they are asked for
   */
  async accept({ devices = true } = {}): Promise<void> {
    if (this.direction === 'outgoing' || this.state.phase !== 'ringing' || this.state.pending)
      return;
    this.update({ pending: true });
    if (devices) this.openDevices();
    try {
      const { id: call, name } = this;
      let answer: Description | undefined;
      if (this.rejoin) {
        const offer = await this.#makeOffer();
        if (!this.ended) this.#line.send({ type: 'offer', name, call, offer, fresh: true });
        return;
      }
      this.#peer = this.#line.existingPeer(this);
      if (this.#peer) {
        this.#peer.carry(this.#mediaKinds, false);
        this.#giveTracks();
      } else if (this.#offer) {
        this.#peer = this.#line.newPeer(this, false, this.#plain);
        this.#peer.carry(this.#mediaKinds, false);
        answer = await this.#peer.negotiation.answer(this.#offer);
      }
      if (this.ended) return;
      if (!this.#peer) throw new RtcError('connection-failed');
      this.#line.send({ type: 'accept', name, call, answer });
      this.#connect();
    } catch (error) {
      this.#fail(error);
    }
  }

  /** Says no to an incoming call. */
  decline(reason: EndReason = 'declined'): void {
    if (this.direction === 'outgoing' || this.state.phase !== 'ringing') return;
    const { id: call, name } = this;
    if (this.rejoin) this.#line.send({ type: 'leave', name, call, reason: 'hung-up' });
    else this.#line.send({ type: 'decline', name, call, reason });
    this.end(reason);
  }

  /** Ends the call, in whatever phase it is. */
  hangUp(reason: EndReason = 'hung-up'): void {
    if (this.ended) return;
    const { id: call, name } = this;
    if (this.state.phase !== 'ringing') {
      this.#peer?.say({ type: 'leave', call, reason });
      this.#line.send({ type: 'leave', name, call, reason });
      this.end(reason);
    } else if (this.direction === 'outgoing') {
      const why = reason === 'hung-up' ? 'cancelled' : reason;
      this.#line.send({ type: 'cancel', name, call, reason: why });
      this.end(why);
    } else this.decline(reason === 'hung-up' ? 'declined' : reason);
  }

  /** Opens camera and microphone, as the kind of call wants, where that has not been done. */
  openDevices(): void {
    const { stream, pending } = this.media.state;
    if (this.ended || this.kind === 'chat' || stream || pending) return;
    void this.media.open({ audio: true, video: this.kind === 'video' });
  }

  /** Turns one's own microphone or camera on or off. */
  setMicrophone(on: boolean): Promise<void> {
    return this.media.setMicrophone(on);
  }

  setCamera(on: boolean): Promise<void> {
    return this.media.setCamera(on);
  }

  /** @internal A message of the server about this call. */
  async receive(message: ServerMessage): Promise<void> {
    if (this.ended) return;
    switch (message.type) {
      case 'ringing':
        this.name = message.name;
        if (message.plain) this.#peer?.dropControl();
        return this.update({ reached: true });
      case 'accept':
        return this.#accepted(message.answer);
      case 'decline':
        return this.end(message.reason ?? 'declined');
      case 'busy':
        return this.end('busy');
      case 'cancel':
        return this.end(message.reason ?? 'cancelled');
      case 'leave': {
        const { reason = 'hung-up' } = message;
        if (this.state.phase === 'ringing') return this.end('cancelled');
        // The server has lost them, this side has not: they go on, and the server is told.
        const announcement = this.announcement();
        if (reason === 'gone' && this.#peer?.state === 'connected' && announcement) {
          this.#line.send(announcement);
          this.setAway(false);
          this.#gone = true;
          return;
        }
        // The reason is theirs: it is not this side that has signed out.
        return this.end(reason === 'signed-out' ? 'hung-up' : reason);
      }
      case 'offer':
        if (message.fresh) return this.#reconnect(message.offer);
        if (this.#peer) this.#peer.viaServer = true;
        return this.#peer?.receive(message);
      case 'answer':
        if (this.state.phase === 'ringing') return this.#accepted(message.answer);
        return this.#peer?.receive(message);
      case 'candidate':
        return this.#peer?.receive(message as never);
    }
  }

  /** @internal What the other side says directly. */
  control(message: ControlMessage): void {
    if (message.type === 'media') {
      const { microphone, camera } = message;
      this.update({ remote: { ...this.state.remote, microphone, camera } });
      // Its page has not gone away after all: the next one would begin with another connection.
      if (this.#away) this.setAway(false);
    } else if (message.type === 'leave' && message.call === this.id) {
      this.end(message.reason ?? 'hung-up');
    }
  }

  /** @internal The other side's page has gone away, or is back. */
  setAway(away: boolean): void {
    this.#away = away;
    this.#gone = false;
    this.peerChanged();
  }

  /** @internal Follows the connection's state. */
  peerChanged(): void {
    const { phase } = this.state;
    if (phase === 'ringing' || phase === 'ended' || !this.#peer) return;
    const connection = this.#peer.state;
    this.#sayMedia();
    if (this.#gone && connection !== 'connected') return this.end('gone');
    if (connection === 'failed' && !this.state.since) return this.hangUp('failed');
    if (connection === 'connected' && !this.#away) {
      this.#cancelTimer?.();
      this.update({
        phase: 'active',
        since: this.state.since ?? Date.now(),
        remote: { ...this.state.remote, stream: this.#peer.remote },
      });
    } else if (phase === 'active' && (connection !== 'connected' || this.#away)) {
      this.update({ phase: 'reconnecting' });
      this.#endAfter(this.#line.settings.recoveryLimit, 'lost');
    }
  }

  /**
   * @internal
   * What a server that has forgotten the call needs to know; nothing of one with the course.
   */
  announcement(): Announcement | undefined {
    const { id: call, name, kind, direction, state } = this;
    if (this.#peer?.plain) return undefined;
    const accepted = this.rejoin || state.phase !== 'ringing';
    return { type: 'announce', name, call, kind, caller: direction === 'outgoing', accepted };
  }

  /**
   * @internal
   * Ends the call here, whatever the other side knows of it: devices closed, lease returned.
   */
  end(reason: EndReason, error = this.state.error): void {
    if (this.ended) return;
    this.#cancelTimer?.();
    this.media.removeEventListener('change', this.#onMediaChange);
    this.media.stop();
    if (this.#peer) this.#line.release(this, this.#peer);
    this.#line.forget(this.id);
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
   * @internal
   * Ends the call at both sides because something went wrong, which its owner has told of.
   */
  abort(error: ErrorCode): void {
    this.update({ error });
    this.hangUp('failed');
  }

  /** @internal Hands the open devices to the call that takes this one's place. */
  handOver(): LocalMedia {
    const media = this.media;
    media.removeEventListener('change', this.#onMediaChange);
    this.media = new LocalMedia(this.#line.settings, () => {});
    return media;
  }

  /** Nothing changes a call that has ended. */
  protected override update(patch: Partial<CallState>): void {
    if (!this.ended) super.update(patch);
  }

  get #mediaKinds(): readonly MediaKind[] {
    return this.kind === 'video' ? ['audio', 'video'] : this.kind === 'voice' ? ['audio'] : [];
  }

  /** Offers the other side a connection of this call's own. */
  #makeOffer(): Promise<Description> {
    this.#peer = this.#line.newPeer(this, true);
    this.#peer.carry(this.#mediaKinds, true);
    return this.#peer.negotiation.offer();
  }

  async #accepted(answer: Description | undefined): Promise<void> {
    const asked = this.direction === 'outgoing' || (this.rejoin && this.state.pending);
    if (!asked || this.state.phase !== 'ringing') return;
    try {
      const connecting = answer && this.#peer?.negotiation.accepted(answer);
      if (!answer) {
        // The callee answers on a connection that both have already.
        const offered = this.#peer;
        this.#peer = this.#line.existingPeer(this);
        if (offered && offered !== this.#peer) this.#line.release(this, offered);
        if (!this.#peer) throw new RtcError('connection-failed');
        this.#peer.carry(this.#mediaKinds, true);
      }
      this.#connect();
      await connecting;
    } catch (error) {
      this.#fail(error);
    }
  }

  /** The other side begins anew: its page was loaded again, or its connection cannot be mended. */
  async #reconnect(offer: Description): Promise<void> {
    const peer = this.#peer;
    if (!peer || this.state.phase === 'ringing' || !peer.allows('fresh')) return;
    this.#away = false;
    peer.renew(false);
    const { negotiation } = peer;
    // Another may have taken its place meanwhile.
    const counts = () => !this.ended && peer.negotiation === negotiation;
    try {
      const answer = await negotiation.answer(offer);
      if (!counts()) return;
      this.#line.send({ type: 'answer', name: this.name, call: this.id, answer });
      this.#connect();
    } catch (error) {
      if (counts()) this.#fail(error);
    }
  }

  /** Both have agreed: from here the connection decides. */
  #connect(): void {
    this.#peer!.leases.add(this.id);
    this.#peer!.negotiation.establish();
    this.#giveTracks();
    const { remote } = this.state;
    this.update({
      phase: this.state.since ? 'reconnecting' : 'connecting',
      pending: false,
      remote: { ...remote, stream: this.#peer!.remote },
    });
    this.#endAfter(this.#line.settings.connectTimeout, 'failed');
    this.#peer!.changed();
  }

  #giveTracks(): void {
    if (this.kind === 'chat') return;
    this.#peer?.setTracks(this.media.tracks);
    this.#sayMedia();
  }

  #sayMedia(): void {
    if (this.kind === 'chat') return;
    const { microphone, camera } = this.media.state;
    this.#peer?.say({ type: 'media', microphone, camera });
  }

  #onMediaChange = (): void => {
    this.update({ local: this.media.state });
    this.#giveTracks();
  };

  #endAfter(delay: number, reason: EndReason): void {
    this.#cancelTimer?.();
    this.#cancelTimer = this.#line.settings.clock.after(delay, () => this.hangUp(reason));
  }

  #fail(cause: unknown): void {
    if (this.ended) return;
    const error =
      cause instanceof RtcError
        ? cause
        : new RtcError('connection-failed', String(cause), { cause });
    this.#line.error(error);
    this.abort(error.code);
  }
}
