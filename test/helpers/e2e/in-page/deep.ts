/** Every element below a root, in tree order, what is in open shadow roots included. */
export function* deep(root: ParentNode): Generator<HTMLElement> {
  for (const element of root.querySelectorAll<HTMLElement>('*')) {
    yield element;
    if (element.shadowRoot) yield* deep(element.shadowRoot);
  }
}

/** Every element that a person can see; `within` is a selector of the document. */
export function seen(within?: string): HTMLElement[] {
  const root = within === undefined ? document : document.querySelector(within);
  return root ? [...deep(root), ...ownShadow(root)].filter((each) => each.checkVisibility()) : [];
}

const ownShadow = (root: ParentNode) =>
  root instanceof Element && root.shadowRoot ? deep(root.shadowRoot) : [];
