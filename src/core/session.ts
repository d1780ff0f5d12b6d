import { RtcCallEndEvent, RtcCallIncomingEvent, RtcCallStartEvent } from '../events/call-events.js';
import { RtcErrorEvent } from '../events/error-event.js';
import { RtcLoginEvent } from '../events/login-event.js';
import { RtcLogoutEvent } from '../events/logout-event.js';
import { RtcMessageEvent } from '../events/message-event.js';
import { RtcTokenExpiringEvent } from '../events/token-expiring-event.js';
import { randomId } from '../protocol/ids.js';
import type { CallKind, ServerMessage, WireErrorCode } from '../protocol/messages.js';
import { nameKey } from '../protocol/name-key.js';
import { Call, type CallInit } from './call/call.js';
import type { CallHost } from './call/call-host.js';
import { RingBudgets } from './call/ring-budgets.js';
import { settleRing } from './call/settle-ring.js';
import { attachChat } from './chat/attach-chat.js';
import type { Chat } from './chat/chat.js';
import { RtcError } from './errors.js';
import type { LocalMedia } from './media/local-media.js';
import { TransportPool } from './transport/transport-pool.js';
import { Roster } from './roster.js';
import { defaultSettings, type SessionSettings } from './settings.js';
import { keepSession, takeSession } from './signaling/kept-session.js';
import { Signaling, type Credentials, type SessionMessage } from './signaling/signaling.js';
import { Store } from './store.js';

export interface SessionState {
  /** Everyone's calls that ring or run, and the last that ended, so that its end can be shown. */
  calls: readonly Call[];
  /** One chat for each person that text was exchanged with. */
  chats: readonly Chat[];
}

type Incoming = Extract<ServerMessage, { type: 'call' }>;

/**
 * One person's presence on one server: who they are, their calls and their chats. It owns
 * signaling, roster, connections, calls and chats; `destroy` ends them all.
 *
 * Fires `change` when any part of it changes, and on its `target` the public `rtc-*` events,
 * each once.
 */
export class Session extends Store<SessionState> {
  readonly settings: SessionSettings;
  readonly signaling: Signaling;
  readonly roster: Roster;
  /** Where public events are fired; the session itself unless its owner says otherwise. */
  target: EventTarget = this;
  /** Which kinds of call this page takes; any other is declined with a reason. */
  takes: (kind: CallKind) => boolean = () => true;

  readonly #server: string;
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
    super({ calls: [], chats: [] });
    this.settings = { ...defaultSettings, ...settings };
    this.#server = server;
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
    this.signaling.addEventListener('change', this.#onSignaling);
    this.signaling.addEventListener('message', (event) => {
      this.#receive((event as MessageEvent<SessionMessage>).data);
    });
    this.roster.addEventListener('change', this.#changed);
  }

  /** The call with sound or picture that rings or runs, or the last that did. */
  get mediaCall(): Call | undefined {
    return this.state.calls.findLast((call) => call.kind !== 'chat');
  }

  /**
   * Signs in.
   * @param credentials what the server wants besides; with a token the name is the token's
   * @throws {RtcError} when the server cannot be reached or does not let in
   */
  async login(name: string, credentials: Credentials = {}): Promise<void> {
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

  /** Goes on with the session of the page before in this tab, and offers its calls again. */
  async restore(): Promise<void> {
    const kept = takeSession(this.#server);
    if (!kept) return;
    const { name, resume, calls } = kept;
    try {
      await this.signaling.login(name, resume);
    } catch (error) {
      return this.#error(error as RtcError);
    }
    for (const call of calls) {
      if (call.rejoin || call.direction === 'incoming') this.#add(call);
      else this.signaling.send({ type: 'cancel', name: call.name, call: call.id });
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
   */
  call(name: string, kind: CallKind): Call | undefined {
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
      clock: this.settings.clock,
      name: () => this.signaling.state.name,
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

  /** Ends everything. The session cannot be used afterwards. */
  destroy(): void {
    this.logout();
  }

  #changed = (): void => {
    this.dispatchEvent(new Event('change'));
  };

  #onSignaling = (): void => {
    const { status, name, error } = this.signaling.state;
    if (status === 'signed-in') {
      this.roster.signedIn(true);
      if (!this.#signedInAs) {
        addEventListener('pagehide', this.#onPagehide);
        this.#fire(new RtcLoginEvent((this.#signedInAs = name)));
      }
      // Who was told that this page has gone away hears that it has not.
      this.#live.forEach((call) => call.followTransport());
    } else if (status === 'signed-out' && this.#signedInAs) {
      const before = this.#signedInAs;
      this.#signedInAs = '';
      removeEventListener('pagehide', this.#onPagehide);
      this.roster.signedIn(false);
      for (const call of this.state.calls) call.end('signed-out');
      // The next person at this page is not to read them.
      for (const chat of this.state.chats) chat.close();
      this.update({ chats: [] });
      if (error) this.#error(error);
      this.#fire(new RtcLogoutEvent(before, error?.code));
    }
    this.#changed();
  };

  #onPagehide = (): void => {
    const { resume, state } = this.signaling;
    const calls = this.#live.flatMap((call) => call.kept ?? []);
    keepSession(this.#server, { name: state.name, resume, calls });
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
    call.addEventListener('change', () => {
      const before = phase;
      ({ phase } = call.state);
      if (phase === 'active' && before === 'connecting') this.#fire(new RtcCallStartEvent(call));
      const reason = call.state.reason!;
      if (phase === 'ended' && before !== 'ended' && !call.replaced) {
        this.#fire(new RtcCallEndEvent(call, reason));
        // Given up before the other side had it: theirs is the call then.
        new Map(this.#rivals).forEach(this.#ring, this);
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
    this.#fire(new RtcErrorEvent(error.code, error));
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
