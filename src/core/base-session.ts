import { RtcErrorEvent } from '../events/error-event.js';
import type { RtcEventMap } from '../events/event-map.js';
import { RtcLoginEvent } from '../events/login-event.js';
import { RtcLogoutEvent } from '../events/logout-event.js';
import type { CallKind } from '../protocol/messages.js';
import { nameKey } from '../protocol/name-key.js';
import { requireString } from './arguments.js';
import type { Call, CallInit } from './call/call.js';
import type { Calls, CallsHost, CallsState } from './calls.js';
import type { Chat } from './chat/chat.js';
import { RtcError } from './errors.js';
import type { KeptSession } from './kept-session.js';
import { NOBODY_ONLINE } from './roster-state.js';
import type { Roster } from './roster.js';
import { mergeSettings, type SessionSettings } from './settings.js';
import { Signaling, type Credentials, type SignalingState } from './signaling/signaling.js';
import { Store, type StoreEventMap } from './store.js';

/** The state of a session. Each part is a new object whenever something in it has changed. */
export interface SessionState extends CallsState {
  /** Whether this person is signed in, and under which name. */
  signaling: Readonly<SignalingState>;
  /**
   * How far the part has come that makes calls and takes them. A page loads it at sign-in, and tries
   * again where that has failed; a headless session has it from the beginning.
   */
  callPart: 'absent' | 'loading' | 'failed' | 'there';
}

/** The events of a session: `change`, and the public ones where it is its own `target`. */
export interface SessionEventMap extends RtcEventMap, StoreEventMap {}

const signedOut: SessionState = {
  signaling: { status: 'signed-out', name: '' },
  callPart: 'absent',
  roster: NOBODY_ONLINE,
  calls: [],
  chats: [],
};

/**
 * A person's presence on a server. The session signs in and out, and owns the calls and chats,
 * which may be loaded after the sign-in. `destroy` ends them all.
 *
 * Fires `change` when `state` is a new object, because any part of it has changed, and on its
 * `target` the public `rtc-*` events, each once.
 */
export abstract class BaseSession extends Store<SessionState, SessionEventMap> {
  /** The settings of this session. To change them, call {@link configure}. */
  readonly settings: Readonly<SessionSettings>;
  readonly signaling: Signaling;
  /** Where public events are fired: the session itself, or what its owner sets, as a provider does. */
  target: EventTarget = this;
  /** Which kinds of call this page takes; any other is declined with a reason. */
  takes: (kind: CallKind) => boolean = () => true;

  #calls: Calls | undefined;
  #signedInAs = '';
  /** The calls of the page before in this tab, until they are offered again. */
  #kept: readonly CallInit[] = [];

  /**
   * @param server a `ws:` or `wss:` URL, a path on the page's own origin, or `local:NAME`
   * @param settings what differs from the defaults
   */
  constructor(server: string, settings: Partial<SessionSettings> = {}) {
    super(signedOut);
    this.settings = mergeSettings(settings);
    this.signaling = new Signaling(server, this.settings);
    this.signaling.subscribe(this.#onSignaling);
  }

  /** The people online; undefined until the call part is loaded. */
  get roster(): Roster | undefined {
    return this.#calls?.roster;
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
    return this.#calls?.mediaCall;
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
      this.error(error as RtcError);
      throw error;
    }
  }

  /** The data that another page needs to resume this session; undefined unless signed in. */
  keep(): KeptSession | undefined {
    const { resume, loggedInAt: at, state } = this.signaling;
    const { status, name } = state;
    if (status === 'signed-out' || status === 'signing-in') return undefined;
    return { name, resume, at, calls: [...this.#kept, ...(this.#calls?.kept ?? [])] };
  }

  /**
   * Goes on with a session that another page has kept, and offers its calls again. Tries until the
   * server is reached; the state of `signaling` says when, or why the session is over.
   */
  resume(kept: KeptSession): void {
    if (this.#signedInAs && nameKey(this.#signedInAs) !== nameKey(kept.name)) this.logout();
    // This page may have been away while another had the calls.
    this.#calls?.forgetLive();
    this.#kept = kept.calls;
    this.signaling.goOn(kept);
  }

  /** Leaves the server, as the browser keeps the page to be gone back to, until `resume`. */
  suspend(): void {
    this.signaling.suspend();
  }

  /** Signs out: ends every call, frees the name. */
  logout(): void {
    this.signaling.logout();
  }

  /**
   * Calls somebody.
   * @returns the call, which rings; or undefined, with an `rtc-error` fired, if nobody is
   * signed in, another call is on, or `name` is no name
   * @throws {TypeError} when `name` is not a string or `kind` is none of `CallKind`
   */
  abstract call(name: string, kind: CallKind): Call | undefined;

  /**
   * The chat with a person; a new one is empty and closed. Does not ask them anything.
   * @throws {TypeError} when `name` is not a string
   * @throws {RtcError} `calls-not-loaded` before the call part is there
   */
  abstract chat(name: string): Chat;

  /**
   * Asks for a chat, as for a call; not where there is a connection for it already.
   * @throws {TypeError} when `name` is not a string
   */
  abstract startChat(name: string): Call | undefined;

  /** Ends everything. The session cannot be used afterwards. */
  destroy(): void {
    this.logout();
  }

  /** Calls and chats, once they are there. */
  protected get calls(): Calls | undefined {
    return this.#calls;
  }

  /** Begins to call and to be called. */
  protected begin(NewCalls: new (host: CallsHost) => Calls): void {
    const calls = new NewCalls({
      settings: this.settings,
      signaling: this.signaling,
      iceServers: () => this.iceServers,
      takes: (kind) => this.takes(kind),
      fire: (event) => this.fire(event),
      error: (error) => this.error(error),
    });
    this.#calls = calls;
    calls.subscribe(() => this.update(calls.state));
    this.update({ callPart: 'there' });
    calls.start(this.#signedInAs ? this.#takeKept() : []);
  }

  /** Fires a public event. @returns false when the page said no */
  protected fire(event: Event): boolean {
    return this.target.dispatchEvent(event);
  }

  protected error(error: RtcError): void {
    this.fire(new RtcErrorEvent(error));
  }

  #onSignaling = (): void => {
    const { state } = this.signaling;
    const before = this.state.signaling.status;
    this.update({ signaling: state });
    if (state.status === 'signed-in') this.#signedIn(state.name);
    else if (state.status === 'signed-out') this.#signedOut(before, state.error);
  };

  #signedIn(name: string): void {
    this.#calls?.signedIn();
    if (!this.#signedInAs) this.fire(new RtcLoginEvent((this.#signedInAs = name)));
    this.#calls?.offerAgain(this.#takeKept());
  }

  #signedOut(before: SignalingState['status'], error: RtcError | undefined): void {
    const name = this.#signedInAs;
    this.#signedInAs = '';
    this.#kept = [];
    if (name) this.#calls?.signedOut();
    // `login()` tells the person who is signing in.
    if (error && before !== 'signing-in') this.error(error);
    if (name) this.fire(new RtcLogoutEvent(name, error?.code));
  }

  #takeKept(): readonly CallInit[] {
    const kept = this.#kept;
    this.#kept = [];
    return kept;
  }
}
