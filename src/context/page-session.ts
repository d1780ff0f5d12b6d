import { Session } from '../core/session.js';
import type { SessionSettings } from '../core/settings.js';
import { Presenters } from './presenters.js';
import { keepOverReload, restoreAfterReload } from './reload.js';

/** A session with what a page adds: the tags that ring, show and end its calls. */
export class PageSession extends Session {
  readonly presenters: Presenters;

  /** @param target where the public events are fired: the provider, or the document */
  constructor(server: string, target: EventTarget, settings?: Partial<SessionSettings>) {
    super(server, settings);
    this.target = target;
    this.presenters = new Presenters(this);
    this.takes = (kind) => this.presenters.take(kind);
    keepOverReload(this, server);
    // A microtask later, its owner has set what it is to be set.
    queueMicrotask(() => void restoreAfterReload(this, server));
  }
}
