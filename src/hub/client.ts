import { BadFrame, readClientMessage } from '../protocol/client-message.js';
import type { ClientMessage, Order, ServerMessage, WireErrorCode } from '../protocol/messages.js';
import { nameKey } from '../protocol/name-key.js';
import { toBasicMessage } from './basic-client.js';
import { CloseCode, type Connection } from './connection.js';
import type { ClientContext, HubContext } from './context.js';
import type { Loss, SessionRef } from './directory.js';
import type { HandlerContext, Message } from './handlers/handler.js';
import { handlers } from './handlers/index.js';
import { IceServers } from './ice-servers.js';
import { orderOf } from './order.js';
import type { Watches } from './presence/watches.js';
import { nameTaken, Refusal, unable } from './refusal.js';
import { refusalToTell } from './refusal-to-tell.js';
import type { SessionLifetimes } from './session-lifetimes.js';
import { endWithToken } from './token-expiry.js';

/** Messages that are of no use to anybody else: a session that has sent no other is unused. */
const idle = new Set<ClientMessage['type']>(['login', 'watch', 'token', 'beat']);

/** A connected client: its frames are served strictly in turn, each by its handler. */
export class Client implements ClientContext {
  session: SessionRef | undefined;
  partner: SessionRef | undefined;
  watches: Watches | undefined;

  readonly #hub: HubContext;
  readonly #sessions: SessionLifetimes;
  readonly #context: HandlerContext;
  readonly #connection: Connection;
  readonly #iceServers: IceServers;
  #turn: Promise<void> = Promise.resolve();
  #signIns = 0;
  /** True once the client is known to have the answer to its login. */
  #confirmed = false;
  /** Whether the session has sent nothing to anybody. */
  #unused = false;
  /** True once the connection is closed or being closed: later frames are not served. */
  #over = false;
  /** Calls off the end that the session's token sets it. */
  #cancelExpiry: (() => void) | undefined;

  constructor(context: Omit<HandlerContext, 'client'>, connection: Connection) {
    this.#context = { ...context, client: this };
    this.#hub = context.hub;
    this.#sessions = context.sessions;
    this.#connection = connection;
    this.#iceServers = new IceServers(this.#hub.settings, this.#hub.clock);
  }

  get over(): boolean {
    return this.#over;
  }

  get address(): string {
    return this.#connection.address ?? '';
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

  sendFrame(frame: string): void {
    this.#connection.send(frame);
  }

  room(): Promise<void> | undefined {
    return this.#connection.room?.();
  }

  deliver(message: ServerMessage): void {
    if (this.session?.kit) {
      this.send(message);
      return;
    }
    const basic = toBasicMessage(message);
    if (basic?.type === 'leave') this.partner = undefined;
    if (basic) this.send(basic);
  }

  refuse({ code, message, call }: Refusal, order: Order = {}): void {
    this.#hub.observe({ type: 'refused', code, name: this.session?.name });
    this.send({ type: 'error', code, message, ...(call && { call }), ...order });
  }

  joined(session: SessionRef, resumed: boolean): void {
    this.session = session;
    this.#unused = !resumed;
    this.#sessions.join(this, session);
  }

  async limit(session: SessionRef, until: number | undefined): Promise<void> {
    this.#cancelExpiry?.();
    this.#cancelExpiry = undefined;
    if (until === undefined) return;
    this.#cancelExpiry = endWithToken(this.#hub, this, until);
    await this.#hub.directory.limit(session, until);
  }

  iceServers(session: SessionRef): RTCIceServer[] {
    return this.#iceServers.make(session);
  }

  renewIceServers(session: SessionRef): void {
    if (!session.kit || !this.#iceServers.due) return;
    this.send({ type: 'ice-servers', iceServers: this.iceServers(session) });
  }

  /** The server ends the session, and with it the connection. */
  async end(code: number, words: string): Promise<void> {
    this.#connection.close(code, words);
    await this.#leave(CloseCode.normal);
  }

  /** A limit is exceeded: says which, and closes. */
  exceeded(code: WireErrorCode, words: string, close: number = CloseCode.limitExceeded): void {
    if (this.#over) return;
    this.#over = true;
    this.#hub.observe({ type: 'limit-exceeded', code, name: this.session?.name });
    this.send({ type: 'error', code, message: words });
    this.#connection.close(close, words);
  }

  lose(why: Loss): void {
    if (why === 'name-taken') this.refuse(nameTaken());
    const code = why === 'name-taken' ? CloseCode.nameLost : CloseCode.takenOver;
    this.hangUp(code, 'Signed in elsewhere');
  }

  hangUp(code: number, reason: string): void {
    this.#over = true;
    if (this.session) this.#sessions.moved(this.session);
    this.#forget();
    this.#connection.close(code, reason);
  }

  #queue(task: () => unknown): Promise<void> {
    this.#turn = this.#turn.then(task).then(undefined, (error: unknown) => {
      this.#hub.observe({ type: 'fault', error });
      this.refuse(unable());
    }) as Promise<void>;
    return this.#turn;
  }

  async #serve(frame: string): Promise<void> {
    if (this.#over) return;
    let message: ClientMessage | undefined;
    try {
      message = readClientMessage(frame, this.#hub.settings.frameBytes);
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
    if (++this.#signIns <= this.#hub.settings.signIns)
      return handlers.login(this.#context, message);
    this.exceeded('too-many-sign-ins', 'You have tried to sign in too often: connect again');
  }

  async #serveSession(session: SessionRef, message: Exclude<ClientMessage, Message<'login'>>) {
    if (!this.#confirmed) {
      this.#confirmed = true;
      await this.#hub.directory.confirm(session);
    }
    if (!idle.has(message.type)) this.#unused = false;
    await handlers[message.type](this.#context, session, message as never);
    if ('link' in message && message.type !== 'ack') await this.#acknowledge(message);
  }

  /** Acknowledges what went to a basic client, which acknowledges nothing itself. */
  async #acknowledge({ name, link, seq = 0 }: { name: string } & Order): Promise<void> {
    if (link === undefined) return;
    const [other] = await this.#hub.directory.locate(nameKey(name));
    if (other && !other.kit) this.send({ type: 'ack', name, link, seq });
  }

  async #refuseMessage(refusal: Refusal, message: ClientMessage | undefined): Promise<void> {
    const told = await refusalToTell(refusal, message, this.session, this.#hub);
    if (told) this.refuse(told, message && 'link' in message ? orderOf(message) : {});
  }

  async #leave(code: number): Promise<void> {
    const { session, partner } = this;
    this.#over = true;
    this.#forget();
    if (!session) return;
    const { name, kit } = session;
    if (partner) await this.#hub.directory.deliver(partner, { type: 'leave', name });
    if (kit && code !== CloseCode.normal) await this.#sessions.detach(session, code, this.#unused);
    else await this.#sessions.end(session, kit ? 'signed-out' : 'gone');
  }

  #forget(): void {
    this.#sessions.leave(this);
    this.#cancelExpiry?.();
    this.watches?.stop();
    this.#cancelExpiry = this.watches = this.session = this.partner = undefined;
  }
}
