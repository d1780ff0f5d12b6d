import { until } from './until.js';
import { LitElement } from 'lit';

declare global {
  interface Element {
    /** The role for assistive technology, as Chromium computes it (ComputedAccessibilityInfo). */
    readonly computedRole: string;
    readonly computedName: string;
  }
}

type Root = Element | ShadowRoot;

/** Every element in a tree, also in shadow roots, in the order in which they are shown. */
export function* deep(root: Root): Generator<Element> {
  const inner = root instanceof Element ? root.shadowRoot : null;
  for (const child of [...(inner?.children ?? []), ...root.children]) {
    yield child;
    yield* deep(child);
  }
}

/** All elements in a tree that match, also in shadow roots. */
export const queryAll = <E extends Element = HTMLElement>(root: Root, selector: string): E[] =>
  [...deep(root)].filter((element) => element.matches(selector)) as E[];

/** The first of them. */
export function query<E extends Element = HTMLElement>(root: Root, selector: string): E {
  const [found] = queryAll<E>(root, selector);
  if (!found) throw new Error(`Nothing matches ${selector}`);
  return found;
}

/** All elements with this role, and this accessible name, that can be seen. */
export const allByRole = <E extends Element = HTMLElement>(
  root: Root,
  role: string,
  name?: string,
): E[] =>
  [...deep(root)].filter(
    (element) =>
      element.checkVisibility() &&
      element.computedRole === role &&
      (name === undefined || element.computedName === name),
  ) as E[];

/** The only element with this role and accessible name. */
export function byRole<E extends Element = HTMLElement>(root: Root, role: string, name: string): E {
  const found = allByRole<E>(root, role, name);
  if (found.length === 1) return found[0]!;
  const there = allByRole(root, role).map((element) => element.computedName);
  throw new Error(`${found.length} times ${role} “${name}”; there is: ${there.join(', ')}`);
}

export const button = (root: Root, name: string) => byRole<HTMLButtonElement>(root, 'button', name);

/** The text in a tree that can be seen or is read out, as one line. */
export function textOf(root: Root): string {
  const parts: string[] = [];
  const collect = (node: Node) => {
    if (node instanceof Text) parts.push(node.data);
    if (!(node instanceof Element)) return;
    if (node instanceof HTMLStyleElement || !isShown(node)) return;
    const children = node instanceof HTMLSlotElement ? node.assignedNodes() : [];
    const from = node.shadowRoot?.childNodes ?? (children.length ? children : node.childNodes);
    from.forEach(collect);
  };
  if (root instanceof ShadowRoot) root.childNodes.forEach(collect);
  else collect(root);
  return parts.join(' ').replace(/\s+/g, ' ').trim();
}

/** A tag whose `display` is `contents` has no box of its own, and shows what is in it. */
const isShown = (element: Element) =>
  element.checkVisibility() ||
  (!!element.shadowRoot && getComputedStyle(element).display === 'contents');

/** Waits until nothing in a tree, at any depth, waits to be rendered. */
export async function rendered(root: Root): Promise<void> {
  const waiting = () =>
    [root, ...deep(root)].filter(
      (element): element is LitElement => element instanceof LitElement && element.isUpdatePending,
    );
  for (let some = waiting(); some.length; some = waiting()) {
    await Promise.all(some.map((element) => element.updateComplete));
  }
}

/** The focused element, also in shadow roots. */
export function focused(): Element | null {
  let active = document.activeElement;
  while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
  return active;
}

/** Waits until the focus has come to rest on the control with this name. */
export const focusOn = (tag: EventTarget, name: string) =>
  until(tag, () => focused()?.computedName === name, 'focusin');
