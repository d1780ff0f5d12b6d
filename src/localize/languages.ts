/** Fires `change` when a language has been loaded or a `lang` has changed: elements render anew. */
export const languages = new EventTarget();

const observed = new WeakSet<Node>();
let observer: MutationObserver | undefined;

/** The language in which an element's text is: the nearest `lang`, also across shadow roots. */
export function languageOf(element: Element): string {
  const near = element.closest<HTMLElement>('[lang]');
  if (near) return near.lang;
  const root = element.getRootNode();
  return root instanceof ShadowRoot ? languageOf(root.host) : navigator.language;
}

/** Makes `languages` tell of every change of a `lang` around an element, also across shadow roots. */
export function followLanguageOf(element: Element): void {
  observer ??= new MutationObserver(() => languages.dispatchEvent(new Event('change')));
  const root = element.getRootNode();
  if (!observed.has(root)) {
    observed.add(root);
    observer.observe(root, { attributes: true, attributeFilter: ['lang'], subtree: true });
  }
  if (root instanceof ShadowRoot) followLanguageOf(root.host);
}
