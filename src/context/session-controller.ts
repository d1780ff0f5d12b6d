import { ContextEvent } from '@lit/context';
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { isEqual } from '../core/equal.js';
import type { PageSession } from './page-session.js';
import { registry } from './registry.js';
import { sessionContext } from './session-context.js';

/** An element that may name its provider, by a reactive property or an attribute `provider`. */
export type SessionHost = ReactiveControllerHost & HTMLElement & { provider?: string };

export interface SessionControllerOptions {
  /** Is called with each session found. What it returns is called on leaving that session. */
  joined?: (session: PageSession) => (() => void) | void;
}

/**
 * Finds the session that an element belongs to: that of the provider whose id its `provider` says,
 * else of the nearest `rtc-provider` around it, through shadow roots too, else the page's default.
 * Requests an update of the element when it finds another session, and when what `select` returns
 * for the session changes; at no other change.
 *
 * ```ts
 * readonly #talk = new SessionController(this, (session) => session.mediaCall?.state);
 * ```
 */
export class SessionController<Selected = unknown> implements ReactiveController {
  readonly #host: SessionHost;
  readonly #select: (session: PageSession) => Selected;
  readonly #options: SessionControllerOptions;
  #session: PageSession | undefined;
  #selected: Selected | undefined;
  /** Cleanup functions for leaving the session. */
  #stops: ((() => void) | void)[] = [];
  #provider = '';

  /**
   * @param select what of the session the host renders. Arrays are compared item by item, plain
   * objects and Maps entry by entry, everything else by identity.
   */
  constructor(
    host: SessionHost,
    select: (session: PageSession) => Selected,
    options: SessionControllerOptions = {},
  ) {
    this.#host = host;
    this.#select = select;
    this.#options = options;
    host.addController(this);
  }

  /** Undefined while there is no provider, or it is not upgraded yet. */
  get session(): PageSession | undefined {
    return this.#session;
  }

  /** The last result of `select`; undefined without a session. */
  get selected(): Selected | undefined {
    return this.#selected;
  }

  hostConnected(): void {
    registry.addEventListener('change', this.#join);
    this.#join();
  }

  hostDisconnected(): void {
    registry.removeEventListener('change', this.#join);
    this.#use(undefined);
  }

  hostUpdate(): void {
    if (this.#provider !== this.#named) this.#join();
  }

  /** The id that the host names, if it does. */
  get #named(): string {
    return this.#host.provider ?? this.#host.getAttribute('provider') ?? '';
  }

  #join = (): void => {
    this.#provider = this.#named;
    this.#use(this.#provider ? registry.byId(this.#provider) : this.#nearest());
  };

  /** The session of the provider around the host, even if it has none yet; else the page's own. */
  #nearest(): PageSession | undefined {
    let session: PageSession | undefined;
    let inside = isInUndefinedProvider(this.#host);
    const answer = (value: PageSession | undefined) => {
      inside = true;
      session = value;
    };
    this.#host.dispatchEvent(new ContextEvent(sessionContext, this.#host, answer));
    return inside ? session : registry.default();
  }

  #use(session: PageSession | undefined): void {
    if (session === this.#session) return;
    for (const stop of this.#stops.splice(0)) stop?.();
    this.#session = session;
    if (session) {
      this.#stops = [
        session.subscribe(this.#onChange),
        // Which tag shows a call may change without a change of the session.
        session.presenters.subscribe(this.#onChange),
        this.#options.joined?.(session),
      ];
    }
    this.#selected = session && this.#select(session);
    this.#host.requestUpdate();
  }

  #onChange = (): void => {
    const selected = this.#session && this.#select(this.#session);
    if (isSame(selected, this.#selected)) return;
    this.#selected = selected;
    this.#host.requestUpdate();
  };
}

function isSame(a: unknown, b: unknown): boolean {
  if (!Array.isArray(a) || !Array.isArray(b)) return isEqual(a, b);
  return a.length === b.length && a.every((item, at) => Object.is(item, b[at]));
}

/** Whether a provider around the element, also across shadow roots, is still to be upgraded. */
function isInUndefinedProvider(element: Element): boolean {
  if (element.closest('rtc-provider:not(:defined)')) return true;
  const root = element.getRootNode();
  return root instanceof ShadowRoot && isInUndefinedProvider(root.host);
}
