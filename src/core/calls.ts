import { RtcCallEndEvent, RtcCallIncomingEvent, RtcCallStartEvent } from '../events/call-events.js';
import { RtcMessageEvent } from '../events/message-event.js';
import { RtcTokenExpiringEvent } from '../events/token-expiring-event.js';
import { randomId } from '../protocol/ids.js';
import type { CallKind, ServerMessage, WireErrorCode } from '../protocol/messages.js';
import { nameKey } from '../protocol/name-key.js';
import { Call, type CallInit } from './call/call.js';
import { RingBudgets } from './call/ring-budgets.js';
import type { Chat } from './chat/chat.js';
import { RtcError, type ErrorCode } from './errors.js';
import type { LocalMedia } from './media/local-media.js';
import type { Peer } from './peer/peer.js';
import { Peers } from './peer/peers.js';
import { Roster } from './roster.js';
import type { SessionSettings } from './settings.js';
import { Delivery } from './signaling/delivery.js';
import type { SessionMessage, Signaling } from './signaling/signaling.js';
import { Store } from './store.js';

export interface CallsState {
  /** Everyone's calls that ring or run, and the last that ended, so that its end can be shown. */
  calls: readonly Call[];
  /** One chat for each person that text was exchanged with. */
  chats: readonly Chat[];
}

/** What the calls need of the session that owns them. */
export interface CallsHost {
  readonly settings: SessionSettings;
  readonly signaling: Signaling;
  /** Whether the page takes calls of this kind; any other is declined with a reason. */
  takes(kind: CallKind): boolean;
  /** Fires a public event. @returns false when the page said no */
  fire(event: Event): boolean;
  error(error: RtcError): void;
}

type Incoming = Extract<ServerMessage, { type: 'call' }>;

/**
 * The calls and chats of a session, and who is online: everything between this person and others.
 * Fires `change` when any part of it changes.
 */
export class Calls extends Store<CallsState> {
  readonly roster: Roster;

  readonly #host: CallsHost;
  readonly #peers: Peers;
  readonly #ringBudgets: RingBudgets;
  /** Rings that were passed over for calls of one's own at the same moment, by their calls. */
  readonly #rivals = new Map<string, Incoming>();

  constructor(host: CallsHost) {
    super({ calls: [], chats: [] });
    this.#host = host;
    const { settings, signaling } = host;
    this.#ringBudgets = new RingBudgets(settings.clock);
    this.roster = new Roster(signaling, settings.clock);
    this.#peers = new Peers({
      settings,
      signaling,
      configuration: () => ({
        iceServers: settings.iceServers.concat(signaling.welcome?.iceServers ?? []),
        iceTransportPolicy: settings.relayOnly ? 'relay' : 'all',
        bundlePolicy: 'max-bundle',
      }),
      calls: (peer) => this.#live.filter((call) => call.peer === peer),
      chat: (name) => this.chat(name),
      error: (error) => this.#error(error),
      fault: (error) =>
        this.#error(new RtcError('connection-failed', String(error), { cause: error })),
    });
    signaling.addEventListener('message', (event) => {
      this.#receive((event as MessageEvent<SessionMessage>).data);
    });
    this.roster.addEventListener('change', this.#changed);
  }

  /**
   * Takes up the messages between people, from those that came before the calls were there.
   * @param kept the calls of the page before in this tab, which are offered again
   */
  start(kept: readonly CallInit[]): void {
    const { settings, signaling } = this.#host;
    signaling.deliver((host) => new Delivery(settings, host), {
      announcements: () => this.#live.flatMap((call) => call.announcement() ?? []),
      lost: ({ call: id }) => {
        const call = this.#find(id);
        // What says that a call is over need not arrive where nobody is any more.
        if (!call) return;
        this.#error(new RtcError('unreachable'));
        if (call.state.phase === 'ringing') call.end('failed', 'unreachable');
      },
    });
    if (signaling.state.status === 'signed-in') this.signedIn();
    // First the calls that the messages may be about.
    this.offerAgain(kept);
    signaling.readEarly();
  }

  /** Offers the calls of the page before in this tab again; those it was making are called off. */
  offerAgain(kept: readonly CallInit[]): void {
    for (const call of kept) {
      if (call.rejoin || call.direction === 'incoming') this.#add(call);
      else {
        this.#host.signaling.send({ type: 'cancel', name: call.name, call: call.id });
      }
    }
  }

  /** What the next page in this tab needs to take the calls up. */
  get kept(): CallInit[] {
    return this.#live.flatMap((call) => call.kept ?? []);
  }

  /** Somebody is signed in, for the first time or again. */
  signedIn(): void {
    this.roster.signedIn(true);
    // Who was told that this page has gone away hears that it has not.
    for (const call of this.#live) call.peerChanged();
  }

  /** Ends every call and chat. */
  signedOut(): void {
    this.roster.signedIn(false);
    for (const call of this.state.calls) call.end('signed-out');
    // The next person at this page is not to read them.
    for (const chat of this.state.chats) chat.close();
    this.update({ chats: [] });
  }

  /** The call with sound or picture that rings or runs, or the last that did. */
  get mediaCall(): Call | undefined {
    return this.state.calls.findLast((call) => call.kind !== 'chat');
  }

  /**
   * Calls somebody.
   * @returns the call, which rings; or undefined, with an `rtc-error` fired, when one is not
   * signed in, is in another call, or `name` is no name
   */
  call(name: string, kind: CallKind): Call | undefined {
    const code = this.#hindrance(name, kind);
    if (code) {
      this.#error(new RtcError(code));
      return undefined;
    }
    const call = this.#add({ id: randomId(), name, kind, direction: 'outgoing' });
    void call.start();
    return call;
  }

  /**
   * The chat with a person; a new one is empty and closed. Does not ask them anything.
   * @throws {Error} when what it takes cannot be loaded now
   */
  async chat(name: string): Promise<Chat> {
    const { Chat } = await import('./chat/chat.js');
    const present = this.#chatWith(name);
    if (present) return present;
    const chat = new Chat(name, {
      clock: this.#host.settings.clock,
      name: () => this.#host.signaling.state.name,
      arrived: ({ from, text }) => this.#fire(new RtcMessageEvent(from, text)),
    });
    chat.addEventListener('change', this.#changed);
    this.update({ chats: [...this.state.chats, chat] });
    return chat;
  }

  /** Asks for a chat, as for a call; not where there is a connection for it already. */
  startChat(name: string): Call | undefined {
    return this.#chatWith(name)?.state.open ? undefined : this.call(name, 'chat');
  }

  #changed = (): void => {
    this.dispatchEvent(new Event('change'));
  };

  /** Why a call cannot be made now. */
  #hindrance(name: string, kind: CallKind): ErrorCode | undefined {
    if (this.#host.signaling.state.status !== 'signed-in') return 'not-signed-in';
    if (!name.trim()) return 'bad-name';
    if (kind !== 'chat' && this.mediaCall?.ended === false) return 'in-a-call';
    return undefined;
  }

  get #live(): Call[] {
    return this.state.calls.filter((call) => !call.ended);
  }

  #receive(message: SessionMessage): void {
    switch (message.type) {
      case 'roster':
      case 'presence':
        return this.roster.receive(message);
      case 'call':
        return this.#called(message);
      case 'away':
        return this.#callsWith(message.name).forEach((call) => call.setAway(true));
      case 'error':
        return this.#refused(message);
      case 'token':
        return message.success ? undefined : this.#refused(message);
      case 'token-expiring':
        return void this.#fire(new RtcTokenExpiringEvent(message.seconds));
      default: {
        // The server stamps the name: nobody but the two speaks of a call of theirs.
        const { name, call: id } = message;
        if (isOf(name, this.#rivals.get(id!))) this.#rivals.delete(id!);
        const call = this.#find(id);
        if (isOf(name, call)) void call.receive(message);
      }
    }
  }

  /** Somebody calls, but for those who do so too often. */
  #called(message: Incoming): void {
    const { name, call } = message;
    const answer = this.#ringBudgets.answer(name);
    if (answer === 'ring') this.#ring(message);
    else if (answer === 'busy') this.#host.signaling.send({ type: 'busy', name, call });
  }

  /** Declines what the page does not take, settles glare, is busy, or rings. */
  #ring(message: Incoming): void {
    const { name, call: id, kind, offer, plain } = message;
    const rival = this.#rivals.get(id);
    if (this.#find(id) || (rival && !isOf(name, rival))) return;
    this.#rivals.delete(id);
    const init: CallInit = { id, name, kind, direction: 'incoming', offer, plain };
    const { signaling } = this.#host;
    if (!this.#host.takes(kind)) {
      signaling.send({ type: 'decline', name, call: id, reason: 'unsupported-kind' });
      return;
    }
    const isChat = kind === 'chat';
    const rivals = this.#live.filter(
      (call) =>
        (call.kind === 'chat') === isChat && (!isChat || nameKey(call.name) === nameKey(name)),
    );
    const own = rivals.find((call) => nameKey(call.name) === nameKey(name));
    if (own?.direction === 'outgoing' && own.state.phase === 'ringing') {
      // Both called at once: on both sides the smaller id is the call.
      if (id < own.id) this.#replace(own, init);
      else this.#rivals.set(id, message);
      return;
    }
    // Who calls anew has lost the call that there was.
    if (own?.state.phase === 'reconnecting') own.hangUp('gone');
    else if (rivals.length) {
      signaling.send({ type: 'busy', name, call: id });
      return;
    }
    const call = this.#add(init);
    if (!this.#fire(new RtcCallIncomingEvent(call))) call.decline();
  }

  #replace(current: Call, init: CallInit): void {
    // A camera opened for a call with picture must not stay on in one without.
    const media = current.kind === init.kind ? current.handOver() : undefined;
    current.replaced = true;
    current.hangUp('replaced');
    const call = this.#add(init, media);
    // Nobody has agreed to more than they asked for themselves: then it rings.
    if (init.kind === current.kind || init.kind === 'voice') void call.accept();
    else if (!this.#fire(new RtcCallIncomingEvent(call))) call.decline();
  }

  #refused({
    code = 'internal',
    call: id,
    message,
  }: {
    code?: WireErrorCode;
    call?: string;
    message?: string;
  }): void {
    const call = this.#find(id);
    if (code === 'not-online' && call) return call.end('not-online');
    // About a call that has ended here meanwhile: nothing is wrong.
    if (!call && (code === 'no-such-call' || code === 'not-online')) return;
    this.#error(new RtcError(code, message));
    call?.end('failed', code);
  }

  #add(init: CallInit, media?: LocalMedia): Call {
    const { settings, signaling } = this.#host;
    // Who offers another connection than the one there is, is at another device.
    const apart = init.offer && this.#peers.find(init.name);
    const call: Call = new Call(
      init,
      {
        settings,
        send: (message) => signaling.send(message),
        newPeer: (one, initiator, plain) => this.#peers.open(one, initiator, plain),
        existingPeer: (one) => this.#peers.find(one.name, apart),
        release: (one: Call, peer: Peer) => this.#peers.release(one, peer),
        forget: (id) => signaling.forget(id),
        error: (error) => this.#error(error),
      },
      media,
    );
    let { phase } = call.state;
    call.addEventListener('change', () => {
      const before = phase;
      ({ phase } = call.state);
      if (phase === 'active' && before === 'connecting') this.#fire(new RtcCallStartEvent(call));
      const reason = call.state.reason!;
      if (phase === 'ended' && before !== 'ended' && !call.replaced) {
        this.#fire(new RtcCallEndEvent(call, reason));
        // Given up before the other side had it: theirs is the call then.
        for (const rival of [...this.#rivals.values()]) this.#ring(rival);
      }
      this.#changed();
    });
    const outdated = (each: Call) =>
      each.ended && (each.kind === 'chat') === (init.kind === 'chat');
    this.update({ calls: [...this.state.calls.filter((each) => !outdated(each)), call] });
    return call;
  }

  #find(id: string | undefined): Call | undefined {
    return this.state.calls.find((call) => call.id === id && !call.ended);
  }

  #chatWith(name: string): Chat | undefined {
    const key = nameKey(name);
    return this.state.chats.find((chat) => nameKey(chat.name) === key);
  }

  #callsWith(name: string): Call[] {
    return this.state.calls.filter((call) => nameKey(call.name) === nameKey(name));
  }

  #error(error: RtcError): void {
    this.#host.error(error);
  }

  /** @returns false when the page said no. */
  #fire(event: Event): boolean {
    return this.#host.fire(event);
  }
}

/** Whether a call, or the ring of one, is with this person. */
function isOf<With extends { name: string }>(name: string, call: With | undefined): call is With {
  return !!call && nameKey(call.name) === nameKey(name);
}
