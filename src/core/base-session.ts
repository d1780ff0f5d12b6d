import { RtcErrorEvent } from '../events/error-event.js';
import { RtcLoginEvent } from '../events/login-event.js';
import { RtcLogoutEvent } from '../events/logout-event.js';
import type { CallKind } from '../protocol/messages.js';
import type { Call, CallInit } from './call/call.js';
import type { Calls, CallsHost, CallsState } from './calls.js';
import type { Chat } from './chat/chat.js';
import { RtcError } from './errors.js';
import type { Roster } from './roster.js';
import { defaultSettings, type SessionSettings } from './settings.js';
import { keepSession, takeSession } from './signaling/kept-session.js';
import { Signaling, type Credentials } from './signaling/signaling.js';
import { Store } from './store.js';

export type SessionState = CallsState;

/**
 * One person's presence on one server: signs in and out, and owns the calls and chats, which may come
 * later than the sign-in. `destroy` ends them all.
 *
 * Fires `change` when any part of it changes, and on its `target` the public `rtc-*` events,
 * each once.
 */
export abstract class BaseSession extends Store<SessionState> {
  readonly settings: SessionSettings;
  readonly signaling: Signaling;
  /** Where public events are fired; the session itself unless its owner says otherwise. */
  target: EventTarget = this;
  /** Which kinds of call this page takes; any other is declined with a reason. */
  takes: (kind: CallKind) => boolean = () => true;

  readonly #server: string;
  #calls: Calls | undefined;
  #signedInAs = '';
  /** The calls of the page before in this tab, until they are offered again. */
  #kept: readonly CallInit[] = [];

  /**
   * @param server a `ws:` or `wss:` URL, a path on the page's own origin, or `local:NAME`
   * @param settings what differs from the defaults
   */
  constructor(server: string, settings: Partial<SessionSettings> = {}) {
    super({ calls: [], chats: [] });
    this.settings = { ...defaultSettings, ...settings };
    this.#server = server;
    this.signaling = new Signaling(server, this.settings);
    this.signaling.addEventListener('change', this.#onSignaling);
  }

  /** Who is online; undefined until the calls are there. */
  get roster(): Roster | undefined {
    return this.#calls?.roster;
  }

  /** The call with sound or picture that rings or runs, or the last that did. */
  get mediaCall(): Call | undefined {
    return this.#calls?.mediaCall;
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
      this.error(error as RtcError);
      throw error;
    }
  }

  /**
   * Goes on with the session of the page before in this tab, and offers its calls again.
   * @returns false where there is none
   */
  async restore(): Promise<boolean> {
    const kept = takeSession(this.#server);
    if (!kept) return false;
    this.#kept = kept.calls;
    try {
      await this.signaling.login(kept.name, kept.resume);
      this.#calls?.offerAgain(this.#takeKept());
    } catch (error) {
      this.#kept = [];
      this.error(error as RtcError);
    }
    return true;
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
  abstract call(name: string, kind: CallKind): Call | undefined;

  /**
   * The chat with a person; a new one is empty and closed. Does not ask them anything.
   * @throws {Error} when what it takes cannot be loaded now
   */
  abstract chat(name: string): Promise<Chat>;

  /** Asks for a chat, as for a call; not where there is a connection for it already. */
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
  protected begin(NewCalls: new (host: CallsHost) => Calls): Calls {
    const calls = new NewCalls({
      settings: this.settings,
      signaling: this.signaling,
      takes: (kind) => this.takes(kind),
      fire: (event) => this.fire(event),
      error: (error) => this.error(error),
    });
    this.#calls = calls;
    calls.addEventListener('change', () => {
      const before = this.state;
      this.update(calls.state);
      if (this.state === before) this.changed();
    });
    calls.start(this.#signedInAs ? this.#takeKept() : []);
    this.changed();
    return calls;
  }

  /** Fires a public event. @returns false when the page said no */
  protected fire(event: Event): boolean {
    return this.target.dispatchEvent(event);
  }

  protected error(error: RtcError): void {
    this.fire(new RtcErrorEvent(error.code, error));
  }

  protected changed(): void {
    this.dispatchEvent(new Event('change'));
  }

  #onSignaling = (): void => {
    const { status, name, error } = this.signaling.state;
    if (status === 'signed-in') this.#signedIn(name);
    else if (status === 'signed-out' && this.#signedInAs) this.#signedOut(error);
    this.changed();
  };

  #signedIn(name: string): void {
    this.#calls?.signedIn();
    if (this.#signedInAs) return;
    addEventListener('pagehide', this.#onPagehide);
    this.fire(new RtcLoginEvent((this.#signedInAs = name)));
  }

  #signedOut(error: RtcError | undefined): void {
    const before = this.#signedInAs;
    this.#signedInAs = '';
    this.#kept = [];
    removeEventListener('pagehide', this.#onPagehide);
    this.#calls?.signedOut();
    if (error) this.error(error);
    this.fire(new RtcLogoutEvent(before, error?.code));
  }

  #onPagehide = (): void => {
    const { resume, state } = this.signaling;
    const calls = [...this.#kept, ...(this.#calls?.kept ?? [])];
    keepSession(this.#server, { name: state.name, resume, calls });
  };

  #takeKept(): readonly CallInit[] {
    const kept = this.#kept;
    this.#kept = [];
    return kept;
  }
}
