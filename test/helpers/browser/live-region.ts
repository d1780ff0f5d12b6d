/**
 * Follows a live region. @returns what it says: an entry for each time that its content changes,
 * which is each time that a screen reader speaks; an emptied region says nothing
 */
export function listenTo(region: Element): string[] {
  const said: string[] = [];
  const observer = new MutationObserver(() => {
    const text = textIn(region);
    if (text) said.push(text);
  });
  observer.observe(region, { childList: true, subtree: true, characterData: true });
  return said;
}

/** Waits until a live region has something to say. @returns what */
export function spoken(region: Element): Promise<string> {
  return new Promise((resolve) => {
    const look = () => {
      const text = textIn(region);
      if (!text) return;
      observer.disconnect();
      resolve(text);
    };
    const observer = new MutationObserver(look);
    observer.observe(region, changes);
    look();
  });
}

const changes = { attributes: true, childList: true, subtree: true, characterData: true };

/** The text that a screen reader can read in it right now. */
const textIn = (region: Element) =>
  region.checkVisibility() ? region.textContent.replace(/\s+/g, ' ').trim() : '';
