import { WIRE_VERSION } from '../../protocol/limits.js';
import type { ClientMessage, LoginAccepted, ServerMessage } from '../../protocol/messages.js';
import { readServerMessage } from '../../protocol/server-message.js';
import { RtcError, type ErrorCode } from '../errors.js';
import type { SessionSettings } from '../settings.js';
import { Store } from '../store.js';
import { keepToken, takeToken } from './resume-token.js';
import { connect, type Transport } from './transport.js';

export interface SignalingState {
  status: 'signed-out' | 'signing-in' | 'signed-in' | 'reconnecting';
  /** The name as the server keeps it. */
  name: string;
  /** Why one was signed out without asking for it. */
  error?: ErrorCode;
}

/** Another connection took the session over; going back would only take it over in turn. */
const TAKEN_OVER = 4001;

/**
 * The way to the server: signs in, and after any loss connects and signs in again until told
 * to stop. Fires `change`, and `message` with each message that has passed the guard.
 */
export class Signaling extends Store<SignalingState> {
  /** What the server said at login. */
  welcome: LoginAccepted | undefined;

  readonly #server: string;
  readonly #settings: SessionSettings;
  #transport: Transport | undefined;
  /** Settles the login that waits for an answer. */
  #login: { resolve: () => void; reject: (error: RtcError) => void } | undefined;
  #resume: string | undefined;
  #attempts = 0;
  /** Grows with every end, so that a connection on its way knows that it comes too late. */
  #generation = 0;
  #cancelRetry: (() => void) | undefined;

  constructor(server: string, settings: SessionSettings) {
    super({ status: 'signed-out', name: '' });
    this.#server = server;
    this.#settings = settings;
  }

  /**
   * Connects and signs in.
   * @throws {RtcError} when the server cannot be reached or refuses the name
   */
  login(name: string): Promise<void> {
    this.logout();
    this.#resume = takeToken(this.#server, name);
    this.update({ status: 'signing-in', name, error: undefined });
    return new Promise((resolve, reject) => {
      this.#login = { resolve, reject };
      void this.#connect();
    });
  }

  /** Signs out: the name is free at once. */
  logout(): void {
    this.#end('signed-out');
  }

  /** @returns false when the server is not there to hear it. */
  send(message: ClientMessage): boolean {
    if (this.state.status !== 'signed-in') return false;
    this.#transport!.send(JSON.stringify(message));
    return true;
  }

  async #connect(): Promise<void> {
    const generation = this.#generation;
    let transport: Transport;
    try {
      transport = await connect(this.#server);
    } catch (cause) {
      if (generation !== this.#generation) return;
      const code = cause instanceof RtcError ? cause.code : 'unreachable';
      this.#end(code, new RtcError(code, String(cause), { cause }));
      return;
    }
    if (generation !== this.#generation) return transport.close(1000);
    this.#transport = transport;
    transport.onopen = () => {
      const hello = { version: WIRE_VERSION };
      const login = { type: 'login', name: this.state.name, hello, resume: this.#resume };
      transport.send(JSON.stringify(login));
    };
    transport.onmessage = ({ data }) => {
      const message = readServerMessage(data);
      if (message?.type === 'login') this.#answered(message);
      else if (message) this.dispatchEvent(new MessageEvent('message', { data: message }));
    };
    transport.onclose = ({ code }) => this.#lost(code);
  }

  #answered(message: Extract<ServerMessage, { type: 'login' }>): void {
    if (!message.success) {
      const code = message.code ?? 'name-taken';
      return this.#end(code, new RtcError(code, message.message));
    }
    this.welcome = message;
    this.#resume = message.resume;
    this.#attempts = 0;
    addEventListener('pagehide', this.#onPagehide);
    this.update({ status: 'signed-in', name: message.name });
    this.#login?.resolve();
    this.#login = undefined;
  }

  #lost(code: number): void {
    this.#transport = undefined;
    if (code === TAKEN_OVER) return this.#end('taken-over', new RtcError('taken-over'));
    if (this.#login) return this.#end('unreachable', new RtcError('unreachable'));
    this.update({ status: 'reconnecting' });
    const { clock, reconnectBase, reconnectMax } = this.#settings;
    // At once, then exponential backoff with full jitter.
    const most =
      this.#attempts && Math.min(reconnectMax, reconnectBase * 2 ** (this.#attempts - 1));
    this.#attempts++;
    this.#cancelRetry = clock.after(Math.random() * most, () => void this.#connect());
  }

  /** Stops for good; by itself with an error, which the login that waits is told too. */
  #end(code: ErrorCode | 'signed-out', error?: RtcError): void {
    this.#generation++;
    this.#cancelRetry?.();
    removeEventListener('pagehide', this.#onPagehide);
    const transport = this.#transport;
    if (transport) {
      transport.onopen = transport.onmessage = transport.onclose = null;
      transport.close(1000);
    }
    const login = this.#login;
    this.#transport = this.#login = this.#resume = undefined;
    this.#attempts = 0;
    this.update({ status: 'signed-out', error: code === 'signed-out' ? undefined : code });
    login?.reject(error ?? new RtcError('not-signed-in'));
  }

  #onPagehide = (): void => {
    if (this.#resume) keepToken(this.#server, this.state.name, this.#resume);
  };
}
