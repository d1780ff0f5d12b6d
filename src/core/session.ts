import {
  RtcCallChangeEvent,
  RtcCallEndEvent,
  RtcCallIncomingEvent,
  RtcCallStartEvent,
} from '../events/call-events.js';
import type { RtcEventMap } from '../events/event-map.js';
import { RtcErrorEvent } from '../events/error-event.js';
import { RtcLoginEvent } from '../events/login-event.js';
import { RtcLogoutEvent } from '../events/logout-event.js';
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
import { RtcError } from './errors.js';
import type { KeptSession } from './kept-session.js';
import type { LocalMedia } from './media/local-media.js';
import { NOBODY_ONLINE, Roster, type RosterState } from './roster.js';
import { mergeSettings, type SessionSettings } from './settings.js';
import {
  Signaling,
  type Credentials,
  type SessionMessage,
  type SignalingState,
} from './signaling/signaling.js';
import { Store, type StoreEventMap } from './store.js';
import { TransportPool } from './transport/transport-pool.js';

/** What a session knows. Each part is a new object whenever something in it has changed. */
export interface SessionState {
  /** Whether this person is signed in, and as whom. */
  signaling: Readonly<SignalingState>;
  /** Who else is online, while a part of the page watches. */
  roster: Readonly<RosterState>;
  /**
   * The calls that ring or run, and the last that ended, so that its end can be shown. A new array
   * whenever the state of one of them has changed.
   */
  calls: readonly Call[];
  /** One chat for each person that text was exchanged with; a new array as with `calls`. */
  chats: readonly Chat[];
}

/** The events of a {@link Session}: `change`, and the public ones where it is its own `target`. */
export interface SessionEventMap extends RtcEventMap, StoreEventMap {}

const signedOut: SessionState = {
  signaling: { status: 'signed-out', name: '' },
  roster: NOBODY_ONLINE,
  calls: [],
  chats: [],
};

type Incoming = Extract<ServerMessage, { type: 'call' }>;

/**
 * One person's presence on one server: their name, calls and chats. It owns signaling, roster,
 * connections, calls and chats; `destroy` ends them all.
 *
 * Fires `change` when `state` is a new object, because any part of it has changed, and on its
 * `target` the public `rtc-*` events, each once.
 */
export class Session extends Store<SessionState, SessionEventMap> {
  /** What this session goes by. To change it, call {@link configure}. */
  readonly settings: Readonly<SessionSettings>;
  readonly signaling: Signaling;
  readonly roster: Roster;
  /** Where public events are fired: the session itself, or what its owner sets, as a provider does. */
  target: EventTarget = this;
  /** Which kinds of call this page takes; any other is declined with a reason. */
  takes: (kind: CallKind) => boolean = () => true;

  readonly #transports: TransportPool;
  readonly #ringBudgets: RingBudgets;
  #signedInAs = '';
  /** Rings that were passed over for calls of one's own at the same moment, by their calls. */
  readonly #rivals = new Map<string, Incoming>();

  /**
   * @param server a `ws:` or `wss:` URL, a path on the page's own origin, or `local:NAME`
   * @param settings what differs from the defaults
   */
  constructor(server: string, settings: Partial<SessionSettings> = {}) {
    super(signedOut);
    this.settings = mergeSettings(settings);
    this.#ringBudgets = new RingBudgets(this.settings.clock);
    this.signaling = new Signaling(server, this.settings, {
      announcements: () => this.#live.flatMap((call) => call.announcement() ?? []),
      lost: ({ call: id }) => {
        const call = this.#find(id);
        // What says that a call is over need not arrive where nobody is any more.
        if (!call) return;
        this.#error(new RtcError('unreachable'));
        if (call.state.phase === 'ringing') call.end('failed', 'unreachable');
      },
    });
    this.roster = new Roster(this.signaling, this.settings.clock);
    this.#transports = new TransportPool(this);
    this.#transports.addEventListener('open', ({ transport }) => attachChat(transport, this));
    this.#transports.addEventListener('error', ({ error }) => this.#error(error));
    this.signaling.subscribe(this.#onSignaling);
    this.signaling.addEventListener('message', (event) => {
      this.#receive((event as MessageEvent<SessionMessage>).data);
    });
    this.roster.subscribe(() => this.update({ roster: this.roster.state }));
  }

  /** STUN and TURN servers in use: those of the settings, then those that the server hands out. */
  get iceServers(): RTCIceServer[] {
    return [...this.settings.iceServers, ...(this.signaling.welcome?.iceServers ?? [])];
  }

  /**
   * Replaces the settings, for what begins from now on. The clock stays.
   * @param settings what differs from the defaults
   */
  configure(settings: Partial<SessionSettings>): void {
    const { clock } = this.settings;
    Object.assign(this.settings, mergeSettings(settings), { clock });
  }

  /** The call with sound or picture that rings or runs, or the last that did. */
  get mediaCall(): Call | undefined {
    return this.state.calls.findLast((call) => call.kind !== 'chat');
  }

  /**
   * Signs in.
   * @param credentials what the server wants besides; with a token the name is the token's
   * @throws {RtcError} when the server cannot be reached or does not let in
   * @throws {TypeError} when `name` is not a string
   */
  async login(name: string, credentials: Credentials = {}): Promise<void> {
    requireString(name, 'name');
    try {
      // Whatever else is wrong with a name, the server says.
      if (!name.trim() && !credentials.token) throw new RtcError('bad-name');
      if (!globalThis.RTCPeerConnection) throw new RtcError('webrtc-unsupported');
      await this.signaling.login(name, '', credentials);
    } catch (error) {
      this.#error(error as RtcError);
      throw error;
    }
  }

  /** What another page needs to go on with this session; undefined unless signed in. */
  keep(): KeptSession | undefined {
    if (!this.#signedInAs) return undefined;
    const { resume, state } = this.signaling;
    return { name: state.name, resume, calls: this.#live.flatMap((call) => call.kept ?? []) };
  }

  /** Goes on with a session that another page has kept, and offers its calls again. */
  async resume({ name, resume, calls }: KeptSession): Promise<void> {
    try {
      await this.signaling.login(name, resume);
    } catch (error) {
      return this.#error(error as RtcError);
    }
    for (const call of calls) {
      if (call.rejoin || call.direction === 'incoming') {
        this.#fire(new RtcCallChangeEvent(this.#add(call)));
      } else this.signaling.send({ type: 'cancel', name: call.name, call: call.id });
    }
  }

  /** Signs out: ends every call, frees the name. */
  logout(): void {
    this.signaling.logout();
  }

  /**
   * Calls somebody.
   * @returns the call, which rings; or undefined, with an `rtc-error` fired, when one is not
   * signed in, is in another call, or `name` is no name
   * @throws {TypeError} when `name` is not a string or `kind` is none of `CallKind`
   */
  call(name: string, kind: CallKind): Call | undefined {
    requireString(name, 'name');
    requireKind(kind);
    const code =
      this.signaling.state.status !== 'signed-in'
        ? 'not-signed-in'
        : !name.trim()
          ? 'bad-name'
          : kind !== 'chat' && this.mediaCall?.ended === false
            ? 'in-a-call'
            : undefined;
    if (code) {
      this.#error(new RtcError(code));
      return undefined;
    }
    const call = this.#add({ id: randomId(), name, kind, direction: 'outgoing' });
    this.#fire(new RtcCallChangeEvent(call));
    // The page may have ended it meanwhile.
    if (!call.ended) void call.start();
    return call;
  }

  /**
   * The chat with a person; a new one is empty and closed. Does not ask them anything.
   * @throws {TypeError} when `name` is not a string
   */
  chat(name: string): Chat {
    requireString(name, 'name');
    const present = this.#chatWith(name);
    if (present) return present;
    const chat = new Chat(name, {
      clock: this.settings.clock,
      name: () => this.signaling.state.name,
      arrived: ({ from, text }) => this.#fire(new RtcMessageEvent(from, text)),
    });
    chat.subscribe(() => {
      const { chats } = this.state;
      if (chats.includes(chat)) this.update({ chats: [...chats] });
    });
    this.update({ chats: [...this.state.chats, chat] });
    return chat;
  }

  /** Asks for a chat, as for a call; not where there is a connection for it already. */
  startChat(name: string): Call | undefined {
    requireString(name, 'name');
    return this.#chatWith(name)?.state.open ? undefined : this.call(name, 'chat');
  }

  /** Ends everything. The session cannot be used afterwards. */
  destroy(): void {
    this.logout();
  }

  #onSignaling = (): void => {
    const { state } = this.signaling;
    const { status, name, error } = state;
    this.update({ signaling: state });
    if (status === 'signed-in') {
      this.roster.signedIn(true);
      if (!this.#signedInAs) this.#fire(new RtcLoginEvent((this.#signedInAs = name)));
      // Who was told that this page has gone away hears that it has not.
      this.#live.forEach((call) => call.followTransport());
    } else if (status === 'signed-out' && this.#signedInAs) {
      const before = this.#signedInAs;
      this.#signedInAs = '';
      this.roster.signedIn(false);
      for (const call of this.state.calls) call.end('signed-out');
      // The next person at this page is not to read them.
      for (const chat of this.state.chats) chat.close();
      this.update({ chats: [] });
      if (error) this.#error(error);
      this.#fire(new RtcLogoutEvent(before, error?.code));
    }
  };

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
    else if (answer === 'busy') this.signaling.send({ type: 'busy', name, call });
  }

  #ring(message: Incoming): void {
    const { name, call: id, kind, offer, plain } = message;
    const outcome = settleRing<Call>(
      { id, name, kind },
      { calls: this.#live, takes: this.takes(kind), waiting: this.#rivals.get(id)?.name },
    );
    if (outcome.do === 'ignore') return;
    this.#rivals.delete(id);
    const init: CallInit = { id, name, kind, direction: 'incoming', offer, basic: plain };
    const { signaling } = this;
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
    const { settings, signaling } = this;
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
      if (phase === 'active' && before === 'connecting') this.#fire(new RtcCallStartEvent(call));
      if (phase === 'ended' && before !== 'ended' && !call.replaced) {
        this.#fire(new RtcCallEndEvent(call, call.state.reason!));
        // The other side gave up its call before this one reached it: its ring counts again.
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
    this.#fire(new RtcErrorEvent(error));
  }

  /** @returns false when the page said no. */
  #fire(event: Event): boolean {
    return this.target.dispatchEvent(event);
  }
}

/** Whether a call, or the ring of one, is with this person. */
function isOf<With extends { name: string }>(name: string, call: With | undefined): call is With {
  return !!call && nameKey(call.name) === nameKey(name);
}
