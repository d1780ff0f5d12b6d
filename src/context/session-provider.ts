import type { ContextEvent } from '@lit/context';
import type { PageSession } from './page-session.js';
import { sessionContext } from './session-context.js';

type Callback = ContextEvent<typeof sessionContext>['callback'];

/**
 * Answers requests for the session inside a host, by the context protocol of the Web Components
 * community group, which `@lit/context` speaks too.
 */
export class SessionProvider {
  readonly #subscribers = new Set<Callback>();
  #session: PageSession | undefined;

  constructor(host: HTMLElement) {
    host.addEventListener('context-request', (event) => {
      if (event.context !== sessionContext) return;
      event.stopPropagation();
      const callback = event.callback as Callback;
      if (event.subscribe) this.#subscribers.add(callback);
      this.#answer(callback);
    });
  }

  /** Provides another session from now on, or none. */
  provide(session: PageSession | undefined): void {
    this.#session = session;
    for (const callback of this.#subscribers) this.#answer(callback);
  }

  #answer(callback: Callback): void {
    callback(this.#session!, () => this.#subscribers.delete(callback));
  }
}
