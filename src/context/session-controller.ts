import { ContextEvent } from '@lit/context';
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { PageSession } from './page-session.js';
import { registry } from './registry.js';
import { sessionContext } from './session-context.js';

type Host = ReactiveControllerHost & HTMLElement & { provider: string };

/**
 * Finds the session an element belongs to and renders the element again when the slice of it
 * that the element selects has changed, and only then.
 */
export class SessionController implements ReactiveController {
  /** Absent while there is no provider, or it is not upgraded yet. */
  session: PageSession | undefined;

  readonly #host: Host;
  readonly #select: (session: PageSession) => readonly unknown[];
  readonly #onJoin: (session: PageSession | undefined) => void;
  #stops: (() => void)[] = [];
  #slice: readonly unknown[] = [];
  #provider = '';

  /**
   * @param select what the host renders, compared item by item
   * @param onJoin is called with each session joined, and with undefined on leaving it
   */
  constructor(
    host: Host,
    select: (session: PageSession) => readonly unknown[],
    onJoin: (session: PageSession | undefined) => void,
  ) {
    this.#host = host;
    this.#select = select;
    this.#onJoin = onJoin;
    host.addController(this);
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
    if (this.#provider !== this.#host.provider) this.#join();
  }

  #join = (): void => {
    this.#provider = this.#host.provider;
    this.#use(this.#provider ? registry.byId(this.#provider) : this.#nearest());
  };

  /** Of the provider around, also while it has none yet; outside all of them, the page's. */
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
    if (session === this.session) return;
    for (const stop of this.#stops.splice(0)) stop();
    this.session = session;
    if (session) {
      this.#stops = [session, session.presenters].map((each) => each.subscribe(this.#changed));
    }
    this.#onJoin(session);
    this.#changed();
    this.#host.requestUpdate();
  }

  #changed = (): void => {
    const slice = this.session ? this.#select(this.session) : [];
    const same =
      slice.length === this.#slice.length &&
      slice.every((item, index) => Object.is(item, this.#slice[index]));
    this.#slice = slice;
    if (!same) this.#host.requestUpdate();
  };
}

/** Whether a provider around the element, also across shadow roots, is still to be upgraded. */
function isInUndefinedProvider(element: Element): boolean {
  if (element.closest('rtc-provider:not(:defined)')) return true;
  const root = element.getRootNode();
  return root instanceof ShadowRoot && isInUndefinedProvider(root.host);
}
