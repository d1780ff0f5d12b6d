/** How to load the tags that are not there from the beginning. */
const loaders = new Map<string, () => Promise<unknown>>();

/** Says how a rarely used tag is loaded and registered, once it is needed. */
export function onDemand(tag: string, load: () => Promise<unknown>): void {
  if (!globalThis.customElements?.get(tag)) loaders.set(tag, load);
}

/** Needs a tag. One that cannot be loaded now is tried again when it is needed again. */
export function demand(tag: string): void {
  const load = loaders.get(tag);
  if (!load) return;
  loaders.delete(tag);
  load().catch(() => loaders.set(tag, load));
}

/** Loads each such tag as soon as the document holds one, also one that is added later. */
export function demandInDocument(): void {
  if (document.readyState === 'loading') {
    document.addEventListener('DOMContentLoaded', demandInDocument, { once: true });
    return;
  }
  const look = (root: Element) => {
    demand(root.localName);
    for (const tag of loaders.keys()) if (root.querySelector(tag)) demand(tag);
  };
  look(document.documentElement);
  new MutationObserver((records) => {
    if (!loaders.size) return;
    for (const { addedNodes } of records) {
      for (const node of addedNodes) if (node instanceof Element) look(node);
    }
  }).observe(document, { childList: true, subtree: true });
}
