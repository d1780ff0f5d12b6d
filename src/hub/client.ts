import { BadFrame, readClientMessage } from '../protocol/client-message.js';
import type { ClientMessage, Order, ServerMessage, WireErrorCode } from '../protocol/messages.js';
import { nameKey } from '../protocol/name-key.js';
import { toBasicMessage } from './basic-client.js';
import { CloseCode, type Connection } from './connection.js';
import type { ClientContext, HubContext } from './context.js';
import type { Loss, SessionRef } from './directory.js';
import type { HandlerContext, Message } from './handlers/handler.js';
import { handlers } from './handlers/index.js';
import { attempt, then, type Maybe } from './maybe.js';
import { IceServers } from './ice-servers.js';
import { orderOf } from './order.js';
import type { Watches } from './presence/watches.js';
import { nameTaken, Refusal, unable } from './refusal.js';
import { refusalToTell } from './refusal-to-tell.js';
import type { SessionLifetimes } from './session-lifetimes.js';
import { endWithToken } from './token-expiry.js';

/** Messages that are of no use to anybody else: a session that has sent no other is unused. */
const idle = new Set<ClientMessage['type']>(['login', 'watch', 'token', 'beat']);

type SessionMessage = Exclude<ClientMessage, Message<'login'>>;

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
  /** Settles when what came last has been served; undefined where nothing waits. */
  #turn: Promise<void> | undefined;
  /** True while a frame is being served without having to wait. */
  #serving = false;
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

  /** Takes one text frame. Settles when it has been served, often at once; never rejects. */
  receive(frame: string): Maybe<void> {
    return this.#queue(() => this.#serve(frame));
  }

  /** Takes a frame that is not even text. */
  receiveBinary(): Maybe<void> {
    return this.#queue(() => this.refuse(new Refusal('binary-frame', 'Frames must be text')));
  }

  /** The connection has closed with this code. */
  closed(code: number): Maybe<void> {
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
    // Left before it is closed: to hear of the close first would keep the session.
    const left = this.#leave(CloseCode.normal);
    this.#connection.close(code, words);
    await left;
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

  #queue(task: () => Maybe<void>): Maybe<void> {
    // A client in the same page may answer a message before this one has returned.
    if (this.#serving) return Promise.resolve().then(() => this.#queue(task));
    const served = this.#turn ? this.#turn.then(() => this.#do(task)) : this.#do(task);
    if (!(served instanceof Promise)) return undefined;
    const turn = served.then(() => {
      if (this.#turn === turn) this.#turn = undefined;
    });
    this.#turn = turn;
    return turn;
  }

  #do(task: () => Maybe<void>): Maybe<void> {
    this.#serving = true;
    const done = attempt(task, (error) => {
      this.#hub.observe({ type: 'fault', error });
      this.refuse(unable());
    });
    this.#serving = false;
    return done;
  }

  #serve(frame: string): Maybe<void> {
    if (this.#over) return undefined;
    let message: ClientMessage | undefined;
    return attempt(
      () => {
        message = readClientMessage(frame, this.#hub.settings.frameBytes);
        if (message.type === 'login') return this.#signIn(message);
        if (this.session) return this.#serveSession(this.session, message);
        throw new Refusal('not-authenticated', 'You are not authenticated');
      },
      (error) => {
        if (error instanceof BadFrame) return this.refuse(new Refusal(error.code, error.message));
        if (error instanceof Refusal) return this.#refuseMessage(error, message);
        throw error;
      },
    );
  }

  async #signIn(message: Message<'login'>): Promise<void> {
    if (++this.#signIns <= this.#hub.settings.signIns)
      return handlers.login(this.#context, message);
    this.exceeded('too-many-sign-ins', 'You have tried to sign in too often: connect again');
  }

  #serveSession(session: SessionRef, message: SessionMessage): Maybe<void> {
    if (!idle.has(message.type)) this.#unused = false;
    const handled = this.#confirmed
      ? this.#handle(session, message)
      : then(this.#confirm(session), () => this.#handle(session, message));
    return then(handled, () => {
      if ('link' in message && message.type !== 'ack') return this.#acknowledge(message);
    });
  }

  #handle(session: SessionRef, message: SessionMessage): Maybe<unknown> {
    return handlers[message.type](this.#context, session, message as never);
  }

  #confirm(session: SessionRef): Maybe<void> {
    this.#confirmed = true;
    return this.#hub.directory.confirm(session);
  }

  /** Acknowledges what went to a basic client, which acknowledges nothing itself. */
  #acknowledge({ name, link, seq = 0 }: { name: string } & Order): Maybe<void> {
    if (link === undefined) return undefined;
    return then(this.#hub.directory.locate(nameKey(name)), ([other]) => {
      if (other && !other.kit) this.send({ type: 'ack', name, link, seq });
    });
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
