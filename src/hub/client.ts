import { BadFrame, readClientMessage } from '../protocol/client-message.js';
import type { ClientMessage, Order, ServerMessage, WireErrorCode } from '../protocol/messages.js';
import { nameKey } from '../protocol/name-key.js';
import { CloseCode, type Connection } from './connection.js';
import { inCourseWords } from './basic-client.js';
import type { Loss, SessionRef } from './directory.js';
import { handlers } from './handlers/index.js';
import type { Message } from './handlers/handler.js';
import { orderOf } from './order.js';
import type { Watches } from './presence/watches.js';
import { nameTaken, Refusal, unable, unavailable } from './refusal.js';
import { endWithToken } from './token-expiry.js';
import type { Hub } from './hub.js';

/** Messages that are of no use to anybody else: a session that has sent no other is unused. */
const idle = new Set<ClientMessage['type']>(['login', 'watch', 'token', 'beat']);

/** One connected client: its frames are served strictly in turn, each by its handler. */
export class Client {
  readonly hub: Hub;
  /** Absent until signed in, and again once the session has ended or moved elsewhere. */
  session: SessionRef | undefined;
  /** Whom a client of the course offered to or answered last; gets `leave` when it closes. */
  partner: SessionRef | undefined;
  /** Whether the session has sent nothing to anybody. */
  #unused = false;
  /** What the client watches of who is online, once it has. */
  watches: Watches | undefined;
  /** Calls off the end that the session's token sets it. */
  #outlast: (() => void) | undefined;

  readonly #connection: Connection;
  #turn: Promise<void> = Promise.resolve();
  /** True once the client is known to have the answer to its login. */
  #confirmed = false;
  /** True once the connection is closed or being closed: what still comes is not served. */
  #over = false;
  #signIns = 0;
  /** When the credentials for relays that the client has are to be renewed; by the hub's clock. */
  #renewal = Infinity;

  /** Closed, or being closed. */
  get over(): boolean {
    return this.#over;
  }

  /** Where the connection comes from; empty where that is unknown. */
  get address(): string {
    return this.#connection.address ?? '';
  }

  constructor(hub: Hub, connection: Connection) {
    this.hub = hub;
    this.#connection = connection;
  }

  /** Takes one text frame. Settles when it has been served; never rejects. */
  receive(frame: string): Promise<void> {
    return this.#queue(() => this.#serve(frame));
  }

  /** Takes a frame that is not even text. */
  receiveBinary(): Promise<void> {
    return this.#queue(() => this.refuse(new Refusal('binary-frame', 'Frames must be text')));
  }

  /** The connection has closed with this code. */
  closed(code: number): Promise<void> {
    return this.#queue(() => this.#leave(code));
  }

  send(message: ServerMessage): void {
    this.sendFrame(JSON.stringify(message));
  }

  /** Sends a message that is serialised already. */
  sendFrame(frame: string): void {
    this.#connection.send(frame);
  }

  /** See {@link Connection.room}. */
  room(): Promise<void> | undefined {
    return this.#connection.room?.();
  }

  /** The client has a session now, on this connection. */
  joined(session: SessionRef, resumed: boolean): void {
    this.session = session;
    this.#unused = !resumed;
    this.hub.joined(this, session);
  }

  /** Sends what another session's message is in this client's words. */
  deliver(message: ServerMessage): void {
    if (this.session?.kit) {
      this.send(message);
      return;
    }
    const words = inCourseWords(message);
    if (words?.type === 'leave') this.partner = undefined;
    if (words) this.send(words);
  }

  refuse({ code, message, call }: Refusal, order: Order = {}): void {
    this.hub.observe({ type: 'refused', code, name: this.session?.name });
    this.send({ type: 'error', code, message, ...(call && { call }), ...order });
  }

  /** The session lasts until then, in milliseconds since 1970, or for good. */
  async lasts(session: SessionRef, until: number | undefined): Promise<void> {
    this.#outlast?.();
    this.#outlast = undefined;
    if (until === undefined) return;
    this.#outlast = endWithToken(this, until);
    await this.hub.directory.limit(session, until);
  }

  /** The server ends the session, and with it the connection. */
  async end(code: number, words: string): Promise<void> {
    this.#connection.close(code, words);
    await this.#leave(CloseCode.normal);
  }

  /** More than a limit allows: says which, and closes. */
  exceeded(code: WireErrorCode, words: string, close: number = CloseCode.limitExceeded): void {
    if (this.#over) return;
    this.#over = true;
    this.hub.observe({ type: 'limit-exceeded', code, name: this.session?.name });
    this.send({ type: 'error', code, message: words });
    this.#connection.close(close, words);
  }

  /** STUN and TURN servers for the person, with new credentials where those end. */
  iceServers({ key }: SessionRef): RTCIceServer[] {
    const { iceServers, relays } = this.hub.settings;
    if (!relays) return iceServers;
    this.#renewal = this.hub.clock.now() + relays.lifetime / 2;
    return [...iceServers, ...relays.credentials(key)];
  }

  /** Sends new credentials for relays, when those that the client has are half over. */
  renewRelays(session: SessionRef): void {
    if (!session.kit || this.hub.clock.now() < this.#renewal) return;
    this.send({ type: 'ice-servers', iceServers: this.iceServers(session) });
  }

  /** Another connection has the session now, or somebody else the name. */
  lose(why: Loss): void {
    if (why === 'name-taken') this.refuse(nameTaken());
    const code = why === 'name-taken' ? CloseCode.nameLost : CloseCode.takenOver;
    this.hangUp(code, 'Signed in elsewhere');
  }

  /** Closes the connection; the session is no longer its business. */
  hangUp(code: number, reason: string): void {
    this.#over = true;
    if (this.session) this.hub.names.delete(this.session.id);
    this.#forget();
    this.#connection.close(code, reason);
  }

  #queue(task: () => unknown): Promise<void> {
    this.#turn = this.#turn.then(task).then(undefined, (error: unknown) => {
      this.hub.observe({ type: 'fault', error });
      this.refuse(unable());
    }) as Promise<void>;
    return this.#turn;
  }

  async #serve(frame: string): Promise<void> {
    if (this.#over) return;
    let message: ClientMessage | undefined;
    try {
      message = readClientMessage(frame, this.hub.settings.frameBytes);
      if (message.type === 'login') await this.#signIn(message);
      else if (this.session) await this.#serveSession(this.session, message);
      else throw new Refusal('not-authenticated', 'You are not authenticated');
    } catch (error) {
      if (error instanceof BadFrame) this.refuse(new Refusal(error.code, error.message));
      else if (error instanceof Refusal) await this.#refuseMessage(error, message);
      else throw error;
    }
  }

  async #signIn(message: Message<'login'>): Promise<void> {
    if (++this.#signIns <= this.hub.settings.signIns) return handlers.login(this, message);
    this.exceeded('too-many-sign-ins', 'You have tried to sign in too often: connect again');
  }

  async #serveSession(session: SessionRef, message: Exclude<ClientMessage, Message<'login'>>) {
    const { directory } = this.hub;
    if (!this.#confirmed) {
      this.#confirmed = true;
      await directory.confirm(session);
    }
    if (!idle.has(message.type)) this.#unused = false;
    await handlers[message.type](this, session, message as never);
    if (!('link' in message) || message.link === undefined || message.type === 'ack') return;
    // A client of the course acknowledges nothing: what it was given has arrived.
    const [other] = await directory.locate(nameKey(message.name));
    const { name, link, seq = 0 } = message;
    if (other && !other.kit) this.send({ type: 'ack', name, link, seq });
  }

  async #refuseMessage(refusal: Refusal, message: ClientMessage | undefined): Promise<void> {
    const order = message && 'link' in message ? orderOf(message) : {};
    const { code, call } = refusal;
    // Not known, or not known yet: whoever sent it tries again.
    const awaited = code === 'not-online' || code === 'no-such-call';
    const { degraded = false } = this.hub.directory;
    if (order.link && awaited && (degraded || (this.hub.young && message?.type !== 'call'))) return;
    if (awaited && degraded) return this.refuse(unavailable(call), order);
    // Not known any more: whoever sent it is about to hear that it is over.
    if (order.link && code === 'no-such-call' && (await this.#wasCall(message!))) return;
    this.refuse(refusal, order);
  }

  async #wasCall(message: ClientMessage): Promise<boolean> {
    const { call, name = '' } = message as { call?: string; name?: string };
    const { session, hub } = this;
    return !!session && !!call && hub.directory.wasCall(call, session.key, nameKey(name));
  }

  async #leave(code: number): Promise<void> {
    const { session, partner, hub } = this;
    this.#over = true;
    this.#forget();
    if (!session) return;
    if (partner) await hub.directory.deliver(partner, { type: 'leave', name: session.name });
    const keep = session.kit && code !== CloseCode.normal;
    if (keep) await hub.detachSession(session, code, this.#unused);
    else await hub.endSession(session, session.kit ? 'signed-out' : 'gone');
  }

  #forget(): void {
    this.hub.clients.delete(this);
    this.#outlast?.();
    this.watches?.stop();
    this.#outlast = this.watches = this.session = this.partner = undefined;
  }
}
