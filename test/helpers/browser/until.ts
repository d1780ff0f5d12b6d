/**
 * Waits until something is so, looking again with each event of `target` and never by the clock.
 * @returns what `look` found
 */
export function until<T>(
  target: EventTarget,
  look: () => T,
  event = 'change',
): Promise<NonNullable<Exclude<T, false>>> {
  return new Promise((resolve, reject) => {
    const stop = () => target.removeEventListener(event, check);
    const check = () => {
      try {
        const found = look();
        if (!found) return;
        stop();
        resolve(found as NonNullable<Exclude<T, false>>);
      } catch (error) {
        stop();
        reject(error as Error);
      }
    };
    target.addEventListener(event, check);
    check();
  });
}

/** Waits for the next event of this type. */
export const next = <E extends Event>(target: EventTarget, type: string): Promise<E> =>
  new Promise((resolve) => {
    target.addEventListener(type, (event) => resolve(event as E), { once: true });
  });

/** Waits until something is so in a tree, looking again with each change of it. */
export function untilShown(root: Node, look: () => boolean): Promise<void> {
  return new Promise((resolve) => {
    const check = () => {
      if (!look()) return;
      observer.disconnect();
      resolve();
    };
    const observer = new MutationObserver(check);
    observer.observe(root, {
      attributes: true,
      characterData: true,
      childList: true,
      subtree: true,
    });
    check();
  });
}
