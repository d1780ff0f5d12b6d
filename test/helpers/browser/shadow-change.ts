/** Waits until something in a tag's shadow root has changed. */
const nextChange = (tag: HTMLElement) =>
  new Promise<void>((resolve) => {
    const observer = new MutationObserver(() => {
      observer.disconnect();
      resolve();
    });
    observer.observe(tag.shadowRoot!, {
      attributes: true,
      characterData: true,
      childList: true,
      subtree: true,
    });
  });

/** Waits until a tag shows something, looking again whenever it shows something else. */
export async function shown<T>(tag: HTMLElement, look: () => T): Promise<NonNullable<T>> {
  for (;;) {
    const found = look();
    if (found) return found;
    await nextChange(tag);
  }
}
