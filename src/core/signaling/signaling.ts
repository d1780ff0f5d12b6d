import { randomId } from '../../protocol/ids.js';
import { WIRE_VERSION } from '../../protocol/basics.js';
import {
  ACCOUNT_CHANGED,
  PAGE_FROZEN,
  TAKEN_OVER,
  TOKEN_EXPIRED,
} from '../../protocol/close-codes.js';
import type {
  Announcement,
  ClientMessage,
  LoginAccepted,
  PersonalMessage,
  ServerMessage,
} from '../../protocol/messages.js';
import { nameKey } from '../../protocol/name-key.js';
import { readServerMessage } from '../../protocol/server-message.js';
import { backoff } from '../../time/backoff.js';
import { RtcError, type ErrorCode } from '../errors.js';
import type { SessionSettings } from '../settings.js';
import { Store } from '../store.js';
import type { Delivery, DeliveryHost } from './delivery.js';
import type { SignalingSocket } from './signaling-socket.js';
import { connect, reasonUnreachable } from './transport.js';

export interface SignalingState {
  status: 'signed-out' | 'signing-in' | 'signed-in' | 'reconnecting';
  /** The name as the server keeps it. */
  name: string;
  /** Why one was signed out without asking for it. */
  error?: RtcError | undefined;
}

/** Credentials that some servers want besides a name. */
export interface Credentials {
  /** Sent once, and kept nowhere. */
  password?: string | undefined;
  /** A JWT of the site's own accounts; the name is the one that it says. */
  token?: string | undefined;
}

/** The server's messages that a session reads: the rest is for signaling alone. */
export type SessionMessage = Exclude<
  ServerMessage,
  { type: 'login' | 'ack' | 'back' | 'beat' | 'ice-servers' }
>;

/** The messages that are not about the sign-in itself. */
type Further = SessionMessage | Extract<ServerMessage, { type: 'ack' | 'back' }>;

/** The interface through which signaling uses the calls whose messages it delivers. */
export interface SignalingHost {
  /** The calls that one is in, for a server that has forgotten them. */
  announcements(): Announcement[];
  /** A message has not arrived, and will not. */
  lost(message: PersonalMessage): void;
}

/**
 * Most messages that wait for the calls to be there. What is beyond comes again: its sender keeps it
 * until it has been acknowledged.
 */
const MAX_EARLY = 500;

/** Facts by which a page goes on with the session of another. */
export interface Resumption {
  name: string;
  /** Resumes the session, once. */
  resume: string;
  /** When the last login of the session was made, as {@link Signaling.loggedInAt}. */
  at: number;
}

/** How long a connection may take to open, in milliseconds. */
const OPENING = 9_000;

/** How long an attempt is left alone when somebody comes back to the page, in milliseconds. */
const FRESH = 2000;

/** Close codes of a session that is over: going back would only be refused, or take it over in turn. */
const ends: Record<number, ErrorCode> = {
  [TAKEN_OVER]: 'taken-over',
  [TOKEN_EXPIRED]: 'token-expired',
  [ACCOUNT_CHANGED]: 'account-changed',
};

/**
 * The way to the server: signs in, and after any loss connects and signs in again until told
 * to stop. Fires `change`, and `message` with each message that has passed the guard. Until
 * `deliver()` says what reads them, messages that are not about the sign-in wait.
 */
export class Signaling extends Store<SignalingState> {
  /**
   * @internal
   * The server's answer to the login, with the credentials for relays that it has sent since.
   */
  welcome: LoginAccepted | undefined;
  /** @internal Takes the session over, on another connection or by the next page of this tab. */
  resume = '';

  #token: string | undefined;
  readonly #server: string;
  readonly #settings: SessionSettings;
  #host: SignalingHost | undefined;
  #newDelivery: (() => Delivery) | undefined;
  /** The delivery of messages between people; set once the call part is loaded. */
  #delivery: Delivery | undefined;
  /** Messages that came before the call part, in order. */
  #early: Further[] = [];
  #transport: SignalingSocket | undefined;
  /** Settles the login that waits for an answer. */
  #login: { resolve: () => void; reject: (error: RtcError) => void } | undefined;
  #attempts = 0;
  /**
   * @internal
   * When the last login was made, in milliseconds since 1970; never earlier than the one before, so
   * that the server can tell which is later, whatever the clock of the device says.
   */
  loggedInAt = 0;
  /** Grows with every end, so that a connection on its way knows that it comes too late. */
  #generation = 0;
  #cancelRetry: (() => void) | undefined;
  #cancelBeat: (() => void) | undefined;
  /** When the last attempt to connect was begun, by the clock of the settings. */
  #begun = 0;
  /** Whether it has opened since. */
  #open = false;
  /** Beats since the server was last heard. */
  #missed = 0;

  /** @internal */
  constructor(server: string, settings: SessionSettings) {
    super({ status: 'signed-out', name: '' });
    this.#server = server;
    this.#settings = settings;
  }

  /** Delivers the messages between people from now on. `readEarly()` reads those that came before. */
  deliver(newDelivery: (host: DeliveryHost) => Delivery, host: SignalingHost): void {
    this.#host = host;
    this.#newDelivery = () =>
      newDelivery({
        transmit: (message) => this.#transmit(message),
        lost: (message) => host.lost(message),
        inCallWith: (key) => host.announcements().some(({ name }) => nameKey(name) === key),
      });
    this.#delivery = this.#newDelivery();
  }

  /** Reads what came before there was a delivery, in order. */
  readEarly(): void {
    for (const message of this.#early.splice(0)) this.#read(message);
  }

  /**
   * Connects and signs in.
   * @param resume the token of a session to go on with
   * @throws {RtcError} when the server cannot be reached or does not let in
   */
  login(name: string, resume = '', { password, token }: Credentials = {}): Promise<void> {
    // A server whose answer was lost knows the token of the attempt before.
    const again = nameKey(name) === nameKey(this.state.name) && this.resume;
    this.logout();
    this.resume = resume || again || randomId();
    this.#token = token;
    this.update({ status: 'signing-in', name, error: undefined });
    this.#listen();
    return new Promise((resolve, reject) => {
      this.#login = { resolve, reject };
      void this.#connect(password);
    });
  }

  /**
   * @internal
   * Goes on with the session of another page, for as long as it takes to reach the server.
   */
  goOn({ name, resume, at }: Resumption): void {
    this.#halt();
    this.resume = resume;
    this.loggedInAt = at;
    this.update({ status: 'reconnecting', name, error: undefined });
    this.#listen();
    void this.#connect();
  }

  /**
   * @internal
   * Leaves the connection, as the browser keeps the page without it, until `goOn()` or `logout()`.
   */
  suspend(): void {
    this.#halt(PAGE_FROZEN);
    this.update({ status: 'reconnecting' });
  }

  /** Says a fresh token, now or when the server is back. */
  renew(token: string): void {
    this.#token = token;
    this.send({ type: 'token', token });
  }

  /** Signs out: the name is free at once. */
  logout(): void {
    this.#end();
  }

  /**
   * @internal
   * Sends a message: for a person, as soon as that is possible; for the server, if it is there.
   * @returns false when nobody is signed in, or the calls are not there yet
   */
  send(message: ClientMessage): boolean {
    const { status } = this.state;
    const personal = 'name' in message && message.type !== 'announce';
    if (status !== 'signed-in' && !(personal && status === 'reconnecting')) return false;
    if (!personal) this.#transmit(message);
    else if (this.#delivery) this.#delivery.send(message as PersonalMessage);
    else return false;
    return true;
  }

  /** @internal A call is over: what has not arrived of it need not. */
  forget(call: string): void {
    this.#delivery?.forget(call);
  }

  #transmit(message: object): void {
    if (this.state.status === 'signed-in') this.#transport!.send(JSON.stringify(message));
  }

  async #connect(password?: string): Promise<void> {
    this.#cancelRetry = undefined;
    const generation = this.#generation;
    let transport: SignalingSocket;
    try {
      transport = await connect(this.#server);
    } catch (cause) {
      if (generation !== this.#generation) return;
      const known = cause instanceof RtcError;
      return this.#end(known ? cause : new RtcError('unreachable', String(cause), { cause }));
    }
    if (generation !== this.#generation) return transport.close(1000);
    this.#transport = transport;
    this.#missed = 0;
    const { clock, heartbeat } = this.#settings;
    this.#begun = clock.now();
    this.#cancelBeat = clock.after(OPENING, () => this.#drop());
    this.#open = false;
    transport.onopen = () => {
      this.#open = true;
      this.#beat(heartbeat);
      this.loggedInAt = Math.max(Date.now(), this.loggedInAt + 1);
      const login = {
        type: 'login',
        name: this.state.name,
        hello: { version: WIRE_VERSION, at: this.loggedInAt },
        resume: this.resume,
        password,
        token: this.#token,
      };
      transport.send(JSON.stringify(login));
      password = undefined;
    };
    transport.onmessage = ({ data }) => {
      this.#missed = 0;
      const message = readServerMessage(data);
      if (message) this.#receive(message);
    };
    transport.onclose = ({ code }) => this.#lost(code);
  }

  #receive(message: ServerMessage): void {
    switch (message.type) {
      case 'login':
        return this.#answered(message);
      case 'beat':
        return;
      case 'ice-servers':
        this.welcome!.iceServers = message.iceServers;
        return;
      default:
        if (this.#delivery) this.#read(message);
        else if (this.#early.length < MAX_EARLY) this.#early.push(message);
    }
  }

  /** Reads a message that is not about the sign-in. */
  #read(message: Further): void {
    const delivery = this.#delivery!;
    if (message.type === 'ack') return delivery.acknowledged(message);
    if (message.type === 'back') return delivery.again(message.name);
    if (isUnread(delivery, message)) {
      this.dispatchEvent(new MessageEvent('message', { data: message }));
    }
  }

  #answered(message: Extract<ServerMessage, { type: 'login' }>): void {
    if (!message.success) {
      const { code = 'name-taken' } = message;
      // The server could not find out: it may soon.
      if (code === 'internal' && !this.#login) return this.#drop();
      return this.#end(new RtcError(code, message.message, message));
    }
    this.welcome = message;
    this.resume = message.resume ?? '';
    this.#attempts = 0;
    this.update({ status: 'signed-in', name: message.name });
    if (!message.resumed) {
      for (const call of this.#host?.announcements() ?? []) this.#transmit(call);
    }
    this.#delivery?.again();
    this.#login?.resolve();
    this.#login = undefined;
  }

  /** Asks for a sign of life, from time to time; a server that gives none is lost. */
  #beat(delay: number): void {
    this.#cancelBeat?.();
    this.#cancelBeat = this.#settings.clock.after(delay, () => {
      if (this.#missed++ === 2) return this.#drop();
      this.#transmit({ type: 'beat' });
      this.#beat(this.#settings.heartbeat);
    });
  }

  /** Gives up a connection that does not say itself that it is lost. */
  #drop(): void {
    const transport = this.#unplug();
    this.#lost(1006);
    transport?.close();
  }

  /**
   * @internal
   * The network is back, a path is lost, or somebody looks at the page again: now is the time.
   */
  wake = ({ type }: Pick<Event, 'type'>): void => {
    if (globalThis.document?.visibilityState === 'hidden') return;
    const { status } = this.state;
    if (this.#cancelRetry || (status === 'reconnecting' && this.#isStale(type))) {
      this.#cancelRetry?.();
      this.#unplug()?.close();
      void this.#connect();
    } else if (status === 'signed-in') {
      // The connection may be one of a network that is gone.
      this.#transmit({ type: 'beat' });
      this.#missed = 2;
      this.#beat(this.#settings.heartbeat / 5);
    }
  };

  /** Whether an attempt to connect is to be made anew, as there is a network or a person again. */
  #isStale(event: string): boolean {
    if (event === 'online') return true;
    const hangs = !this.#open && this.#settings.clock.now() - this.#begun > FRESH;
    return event === 'visibilitychange' && hangs;
  }

  #lost(code: number): void {
    this.#unplug();
    const end = ends[code];
    if (end) return this.#end(new RtcError(end));
    if (this.#login) return void this.#giveUp();
    this.update({ status: 'reconnecting' });
    const { clock, reconnectBase, reconnectMax } = this.#settings;
    // At once, then exponential backoff with full jitter.
    const most = this.#attempts && backoff(this.#attempts - 1, reconnectBase, reconnectMax);
    this.#attempts++;
    this.#cancelRetry = clock.after(Math.random() * most, () => void this.#connect());
  }

  /** A server that has never answered may not let this page in. */
  async #giveUp(): Promise<void> {
    const generation = this.#generation;
    const code = this.#open ? 'unreachable' : await reasonUnreachable(this.#server);
    if (generation === this.#generation) this.#end(new RtcError(code));
  }

  /** Hears no more of the present connection. @returns it */
  #unplug(): SignalingSocket | undefined {
    const transport = this.#transport;
    this.#transport = undefined;
    this.#cancelBeat?.();
    if (transport) transport.onopen = transport.onmessage = transport.onclose = null;
    return transport;
  }

  #listen(): void {
    globalThis.addEventListener?.('online', this.wake);
    globalThis.addEventListener?.('visibilitychange', this.wake);
  }

  /** Leaves the connection, and begins anew with what is between people. */
  #halt(code = 1000): void {
    this.#generation++;
    this.#attempts = 0;
    this.#cancelRetry?.();
    this.#cancelRetry = undefined;
    globalThis.removeEventListener?.('online', this.wake);
    globalThis.removeEventListener?.('visibilitychange', this.wake);
    this.#unplug()?.close(code);
    this.#delivery?.stop();
    this.#delivery = this.#newDelivery?.();
    this.#early = [];
  }

  /** Stops for good; by itself with an error, which the login that waits is told too. */
  #end(error?: RtcError): void {
    this.#halt();
    const login = this.#login;
    this.#login = undefined;
    if (error?.code !== 'unreachable') this.resume = '';
    this.update({ status: 'signed-out', error });
    login?.reject(error ?? new RtcError('not-signed-in'));
  }
}

/** Whether a message is to be read: the first time that it comes, and in its turn. */
function isUnread(delivery: Delivery, message: SessionMessage): boolean {
  switch (message.type) {
    case 'error':
      return delivery.refused(message);
    case 'roster':
    case 'presence':
    case 'away':
    case 'token':
    case 'token-expiring':
      return true;
    default:
      return delivery.receive(message);
  }
}
