import { PageSession } from './page-session.js';

/** The part of `rtc-provider` that joining needs. */
export interface Provider extends HTMLElement {
  readonly session: PageSession | undefined;
}

/**
 * All providers of the page. An id is looked up here because `getElementById` does not cross
 * shadow roots. Fires `change` when one comes, goes, or has a new session.
 */
class Registry extends EventTarget {
  readonly providers = new Set<Provider>();
  #default: Provider | undefined;
  #own: PageSession | undefined;

  changed(): void {
    this.dispatchEvent(new Event('change'));
  }

  byId(id: string): PageSession | undefined {
    return [...this.providers].find((provider) => provider.id === id)?.session;
  }

  /**
   * The session for tags that are in no provider: the first `rtc-provider` of the document, kept
   * until it is removed; with none, one made from `data-server` or `<meta name="rtc-server">`.
   */
  default(): PageSession | undefined {
    if (document.readyState === 'loading') {
      document.addEventListener('DOMContentLoaded', () => this.changed(), { once: true });
      return undefined;
    }
    if (!this.#default?.isConnected) {
      this.#default = document.querySelector<Provider>('rtc-provider') ?? undefined;
    }
    return this.#default ? this.#default.session : (this.#own ??= sessionOfPage());
  }
}

/** A module has no `document.currentScript`: the script tag is found by its attribute. */
function sessionOfPage(): PageSession | undefined {
  const script = document.querySelector<HTMLElement>('script[data-server]');
  const meta = document.querySelector<HTMLMetaElement>('meta[name="rtc-server"]');
  const server = script?.dataset.server ?? meta?.content;
  return server === undefined ? undefined : new PageSession(server || '/', document);
}

const key = Symbol.for('rtc-widgets/registry/2');
const page = globalThis as { [key]?: Registry };

/** The page's registry: a single one, however many copies of the kit the page loads. */
export const registry: Registry = (page[key] ??= new Registry());
