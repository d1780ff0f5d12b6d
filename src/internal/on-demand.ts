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

/**
 * Needs each tag in a tree that is not there; `rtc-`, which stands for the kit's deferred tags, where
 * a name begins so.
 */
export function demandIn(root: Element): void {
  for (const { localName } of [root, ...root.querySelectorAll(':not(:defined)')]) {
    demand(localName);
    demand(localName.slice(0, 4));
  }
}

/** Loads each such tag as soon as the document holds it, also if parsed or added later. */
export function demandInDocument(): void {
  demandIn(document.documentElement);
  new MutationObserver((records) => {
    for (const { addedNodes } of records) {
      for (const node of addedNodes) if (node instanceof Element) demandIn(node);
    }
  }).observe(document, { childList: true, subtree: true });
}
