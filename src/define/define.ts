/**
 * Registers a tag, unless another copy of the kit on the page has done so already. Does nothing
 * where there are no elements, as in Node.
 */
export function define(tag: string, element: CustomElementConstructor): void {
  if (globalThis.customElements && !customElements.get(tag)) customElements.define(tag, element);
}
