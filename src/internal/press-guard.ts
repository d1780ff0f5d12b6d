import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** How long a press still goes for what stood in its place before, in milliseconds. */
const HALF_A_SECOND = 500;

type Host = ReactiveControllerHost & HTMLElement & { readonly renderRoot: ParentNode };

/**
 * Guards the presses of a tag's buttons.
 * @param meaning changes whenever presses mean something else
 */
export function guardPresses(host: Host, meaning: () => string): void {
  host.addController(new PressGuard(host, meaning));
}

/**
 * Keeps a press from meaning something else than it was made for. When other buttons take the place
 * of those that are there (a second click on Call lands on Hang up; Hang up lands on Call, as the
 * other has just hung up), then a press in the same place, or of the same key, does nothing for half
 * a second. Nor does a key that is held down go on pressing.
 */
class PressGuard implements ReactiveController {
  readonly #host: Host;
  readonly #meaning: () => string;
  #before: string | undefined;
  /** Where buttons were before the last change. */
  #places: DOMRect[] = [];
  #changed = -Infinity;

  constructor(host: Host, meaning: () => string) {
    this.#host = host;
    this.#meaning = meaning;
    host.addEventListener('click', this.#onClick, { capture: true });
    host.addEventListener('keydown', this.#onKeydown, { capture: true });
  }

  hostUpdate(): void {
    const meaning = this.#meaning();
    if (meaning === this.#before) return;
    if (this.#before !== undefined) {
      this.#places = buttonsIn(this.#host.renderRoot).map((each) => each.getBoundingClientRect());
      this.#changed = performance.now();
    }
    this.#before = meaning;
  }

  #onClick = (event: MouseEvent): void => {
    if (!event.isTrusted || performance.now() - this.#changed > HALF_A_SECOND) return;
    const { clientX: x, clientY: y, detail } = event;
    const byKey = detail === 0;
    const taken = this.#places.some(
      ({ left, right, top, bottom }) => x >= left && x <= right && y >= top && y <= bottom,
    );
    if (byKey || taken) swallow(event);
  };

  #onKeydown = (event: KeyboardEvent): void => {
    const presses = event.key === 'Enter' || event.key === ' ';
    // Another key: the person knows what is there now.
    if (!presses) this.#changed = -Infinity;
    else if (event.repeat && event.composedPath()[0] instanceof HTMLButtonElement) swallow(event);
  };
}

function swallow(event: Event): void {
  event.preventDefault();
  event.stopImmediatePropagation();
}

/** All buttons in a tree, those of its parts too. */
function buttonsIn(root: ParentNode): Element[] {
  return [...root.querySelectorAll('*')].flatMap((each) => [
    ...(each.localName === 'button' ? [each] : []),
    ...(each.shadowRoot ? buttonsIn(each.shadowRoot) : []),
  ]);
}
