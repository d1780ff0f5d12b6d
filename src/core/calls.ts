import {
  RtcCallChangeEvent,
  RtcCallEndEvent,
  RtcCallIncomingEvent,
  RtcCallStartEvent,
} from '../events/call-events.js';
import { RtcMessageEvent } from '../events/message-event.js';
import { RtcTokenExpiringEvent } from '../events/token-expiring-event.js';
import { randomId } from '../protocol/ids.js';
import type { CallKind, ServerMessage, WireErrorCode } from '../protocol/messages.js';
import { nameKey } from '../protocol/name-key.js';
import { requireKind, requireString } from './arguments.js';
import { Call, type CallInit } from './call/call.js';
import type { CallHost } from './call/call-host.js';
import { RingBudgets } from './call/ring-budgets.js';
import { settleRing } from './call/settle-ring.js';
import { attachChat } from './chat/attach-chat.js';
import { Chat } from './chat/chat.js';
import { RtcError, type ErrorCode } from './errors.js';
import type { LocalMedia } from './media/local-media.js';
import type { RosterState } from './roster-state.js';
import { Roster } from './roster.js';
import type { SessionSettings } from './settings.js';
import { Delivery } from './signaling/delivery.js';
import type { SessionMessage, Signaling } from './signaling/signaling.js';
import { Store } from './store.js';
import { TransportPool } from './transport/transport-pool.js';

/** The roster, calls and chats of this person. */
export interface CallsState {
  /** The other people online, while a part of the page watches. */
  roster: Readonly<RosterState>;
  /**
   * The calls that ring or run, and the last that ended, so that its end can be shown. A new array
   * whenever the state of one of them has changed.
   */
  calls: readonly Call[];
  /** A chat per person that text was exchanged with; a new array as with `calls`. */
  chats: readonly Chat[];
}

/** The interface through which the calls use the session that owns them. */
export interface CallsHost {
  readonly settings: Readonly<SessionSettings>;
  readonly signaling: Signaling;
  /** STUN and TURN servers in use. */
  iceServers(): RTCIceServer[];
  /** Whether the page takes calls of this kind; any other is declined with a reason. */
  takes(kind: CallKind): boolean;
  /** Fires a public event. @returns false when the page said no */
  fire(event: Event): boolean;
  error(error: RtcError): void;
}

type Incoming = Extract<ServerMessage, { type: 'call' }>;

/** The calls and chats of a session, and who is online. */
export class Calls extends Store<CallsState> {
  readonly roster: Roster;

  readonly #host: CallsHost;
  readonly #transports: TransportPool;
  readonly #ringBudgets: RingBudgets;
  /** Rings that wait because this person called at the same moment, by call id. */
  readonly #rivals = new Map<string, Incoming>();

  constructor(host: CallsHost) {
    const { settings, signaling } = host;
    const roster = new Roster(signaling, settings.clock);
    super({ roster: roster.state, calls: [], chats: [] });
    this.#host = host;
    this.roster = roster;
    this.#ringBudgets = new RingBudgets(settings.clock);
    this.#transports = new TransportPool(host);
    this.#transports.addEventListener('open', ({ transport }) => attachChat(transport, this));
    this.#transports.addEventListener('error', ({ error }) => this.#error(error));
    signaling.addEventListener('message', (event) => {
      this.#receive((event as MessageEvent<SessionMessage>).data);
    });
    roster.subscribe(() => this.update({ roster: roster.state }));
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
        // Once the call is gone, its lost hang-up does not matter.
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
      if (call.rejoin || call.direction === 'incoming') {
        this.#fire(new RtcCallChangeEvent(this.#add(call)));
      } else this.#host.signaling.send({ type: 'cancel', name: call.name, call: call.id });
    }
  }

  /** Ends what is on in this page alone: another page has it, or will. */
  forgetLive(): void {
    for (const call of this.#live) {
      call.replaced = true;
      call.end('replaced');
    }
  }

  /** The data that the next page in this tab needs to resume the calls. */
  get kept(): CallInit[] {
    return this.#live.flatMap((call) => call.kept ?? []);
  }

  /** Somebody is signed in, for the first time or again. */
  signedIn(): void {
    this.roster.signedIn(true);
    // A partner who was told that this page went away hears that it is back.
    for (const call of this.#live) call.followTransport();
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

  /** Calls somebody, as `BaseSession.call` says. */
  call(name: string, kind: CallKind): Call | undefined {
    requireString(name, 'name');
    requireKind(kind);
    const hindrance = this.#hindrance(name, kind);
    if (hindrance) {
      this.#error(new RtcError(hindrance));
      return undefined;
    }
    const call = this.#add({ id: randomId(), name, kind, direction: 'outgoing' });
    this.#fire(new RtcCallChangeEvent(call));
    // The page may have ended it meanwhile.
    if (!call.ended) void call.start();
    return call;
  }

  /** The chat with a person, as `BaseSession.chat` says. */
  chat(name: string): Chat {
    requireString(name, 'name');
    const present = this.#chatWith(name);
    if (present) return present;
    const chat = new Chat(name, {
      clock: this.#host.settings.clock,
      name: () => this.#host.signaling.state.name,
      arrived: ({ from, text }) => this.#fire(new RtcMessageEvent(from, text)),
    });
    chat.subscribe(() => {
      const { chats } = this.state;
      if (chats.includes(chat)) this.update({ chats: [...chats] });
    });
    this.update({ chats: [...this.state.chats, chat] });
    return chat;
  }

  /** Asks for a chat, as `BaseSession.startChat` says. */
  startChat(name: string): Call | undefined {
    requireString(name, 'name');
    return this.#chatWith(name)?.state.open ? undefined : this.call(name, 'chat');
  }

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

  #ring(message: Incoming): void {
    const { name, call: id, kind, offer, plain } = message;
    const outcome = settleRing<Call>(
      { id, name, kind },
      { calls: this.#live, takes: this.#host.takes(kind), waiting: this.#rivals.get(id)?.name },
    );
    if (outcome.do === 'ignore') return;
    this.#rivals.delete(id);
    const init: CallInit = { id, name, kind, direction: 'incoming', offer, basic: plain };
    const { signaling } = this.#host;
    switch (outcome.do) {
      case 'decline':
        signaling.send({ type: 'decline', name, call: id, reason: 'unsupported-kind' });
        return;
      case 'busy':
        signaling.send({ type: 'busy', name, call: id });
        return;
      case 'wait':
        this.#rivals.set(id, message);
        return;
      case 'replace':
        return this.#replace(outcome.call, init, outcome.accept);
      case 'ring':
        outcome.lost?.hangUp('gone');
        return this.#offerToPage(this.#add(init));
    }
  }

  #replace(current: Call, init: CallInit, accept: boolean): void {
    // A camera opened for a call with picture must not stay on in one without.
    const media = current.kind === init.kind ? current.handOver() : undefined;
    current.replaced = true;
    current.hangUp('replaced');
    const call = this.#add(init, media);
    if (accept) void call.accept();
    else this.#offerToPage(call);
  }

  /** Tells the page that somebody calls, which may say no. */
  #offerToPage(call: Call): void {
    if (!this.#fire(new RtcCallIncomingEvent(call))) call.decline();
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
    const host: CallHost = {
      settings,
      signaling,
      transports: this.#transports,
      error: (error) => this.#error(error),
    };
    const call = new Call(init, host, media);
    let { phase } = call.state;
    call.subscribe(() => {
      const before = phase;
      ({ phase } = call.state);
      this.update({ calls: [...this.state.calls] });
      this.#fire(new RtcCallChangeEvent(call));
      if (phase === 'connecting' && before === 'ringing' && call.direction === 'incoming') {
        this.#ringBudgets.accepted(call.name);
      }
      if (phase === 'active' && before === 'connecting') this.#fire(new RtcCallStartEvent(call));
      if (phase === 'ended' && before !== 'ended' && !call.replaced) {
        this.#fire(new RtcCallEndEvent(call, call.state.reason!));
        // The partner gave up its call before this one reached it: its ring counts again.
        for (const rival of [...this.#rivals.values()]) this.#ring(rival);
      }
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
