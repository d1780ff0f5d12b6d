import { css, html, type PropertyValues } from 'lit';
import { PageSession } from '../../context/page-session.js';
import { SessionProvider } from '../../context/session-provider.js';
import { registry, type Provider } from '../../context/registry.js';
import type { RtcError } from '../../core/errors.js';
import { parseIceServers } from '../../core/ice-servers.js';
import type { Credentials } from '../../core/signaling/signaling.js';
import { mergeSettings, type SessionSettings } from '../../core/settings.js';
import { RtcErrorEvent } from '../../events/error-event.js';
import { KitElement } from '../../internal/kit-element.js';
import type { CallKind } from '../../protocol/messages.js';
import { settingsOf } from './provider-settings.js';

/**
 * Connects the tags inside it, and those elsewhere that name its id, to one server as one person.
 *
 * @summary Owns the connection that the other tags share.
 * @tag rtc-provider
 * @slot - The tags, and whatever else the page has.
 * @fires {RtcLoginEvent} rtc-login - Signed in.
 * @fires {RtcLogoutEvent} rtc-logout - Signed out, by the person or the server.
 * @fires {RtcTokenExpiringEvent} rtc-token-expiring - The token signed in with ends soon.
 * @fires {RtcCallIncomingEvent} rtc-call-incoming - Somebody calls; cancel it to decline unseen.
 * @fires {RtcCallChangeEvent} rtc-call-change - A call was made here, or has a new state.
 * @fires {RtcCallStartEvent} rtc-call-start - A call is connected.
 * @fires {RtcCallEndEvent} rtc-call-end - A call is over, with the reason.
 * @fires {RtcMessageEvent} rtc-message - A chat message has arrived.
 * @fires {RtcErrorEvent} rtc-error - Something went wrong; the person has been told.
 */
export class RtcProvider extends KitElement implements Provider {
  static override styles = css`
    :host {
      display: contents;
    }
  `;

  static override properties = {
    server: {},
    iceServers: { attribute: 'ice-servers' },
    maxVideo: { attribute: 'max-video' },
    ringTimeout: { attribute: 'ring-timeout', type: Number },
    relayOnly: { attribute: 'relay-only', type: Boolean },
    keepCalls: { attribute: 'keep-calls', type: Boolean },
    settings: { attribute: false },
  };

  /**
   * A `ws:` or `wss:` URL, a path on the page's own origin, or `local:NAME` for no server. Setting
   * another signs out.
   */
  server = '/';

  /**
   * STUN and TURN servers besides those that the server hands out: a JSON array of RTCIceServer.
   */
  iceServers = '';

  /** Largest picture that is captured, as WIDTHxHEIGHT in pixels. By default by device. */
  maxVideo = '';

  /** How long an outgoing call rings, in seconds; 45 where nothing else is said. */
  ringTimeout: number | null = null;

  /** Connects by the TURN servers only: neither side learns the other's address. */
  relayOnly = false;

  /**
   * Calls go on where no tag is there to show them, for a page with an interface of its own, which
   * hangs up itself. Otherwise a call ends a second after the last tag that could end it is removed.
   */
  keepCalls = false;

  /**
   * Settings from code, for what begins from now on; durations are milliseconds. They win over the
   * defaults, and an attribute wins over them where it is present. The clock is read once.
   */
  settings: Partial<SessionSettings> = {};

  #session: PageSession | undefined;
  /** The parsed `ice-servers` attribute, if it is set. */
  #iceServers: RTCIceServer[] | undefined;
  readonly #provider = new SessionProvider(this);

  /** The headless client behind the tags. */
  get session(): PageSession | undefined {
    return this.#session;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    registry.providers.add(this);
    // Put back later, it has no session any more, and needs a new one.
    if (this.hasUpdated) this.requestUpdate();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    // A task later: a tag that is only moved is back by then, and keeps its calls.
    setTimeout(() => {
      if (this.isConnected) return;
      registry.providers.delete(this);
      this.#replace(undefined);
    });
  }

  /** Signs in. @throws {RtcError} when the server cannot be reached or does not let in */
  async login(name: string, credentials?: Credentials): Promise<void> {
    await this.updateComplete;
    await this.#session!.login(name, credentials);
  }

  /** Signs out: ends every call and frees the name. */
  logout(): void {
    this.#session?.logout();
  }

  /**
   * Calls somebody.
   * @returns the call, or undefined when it cannot be made (`rtc-error`)
   * @throws {TypeError} when `name` is not a string or `kind` is none of `CallKind`
   */
  call(name: string, kind: CallKind = 'video') {
    return this.#session?.call(name, kind);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!this.#session || changed.has('server')) {
      this.#replace(new PageSession(this.server, this, this.settings));
    }
    if (changed.has('iceServers')) this.#iceServers = this.#readIceServers();
    const attributes = { ...settingsOf(this), iceServers: this.#iceServers };
    this.#session!.configure(mergeSettings(this.settings, attributes));
  }

  protected override render() {
    return html`<slot></slot>`;
  }

  #readIceServers(): RTCIceServer[] | undefined {
    try {
      return this.iceServers ? parseIceServers(this.iceServers) : undefined;
    } catch (error) {
      this.dispatchEvent(new RtcErrorEvent(error as RtcError));
      return undefined;
    }
  }

  #replace(session: PageSession | undefined): void {
    this.#session?.destroy();
    this.#session = session;
    this.#provider.provide(session);
    registry.changed();
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'rtc-provider': RtcProvider;
  }
}
