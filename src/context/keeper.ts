/**
 * Tells what is kept for one session from what is kept for others of the same tab: all frames of an
 * origin share its sessionStorage, and a page may have several providers on one server.
 * @param target where the session fires its events: its provider, or the document
 */
export function keeperOf(server: string, target: EventTarget): string {
  return ['rtc-widgets', frame(), provider(target), server].join(':');
}

/** Where the frame of this page stands in its tab, as positions from the top: `0/2`. */
function frame(): string {
  const path: number[] = [];
  for (let at: Window = window; at !== at.parent; at = at.parent) {
    // A window of another origin lets its frames be read one by one, and nothing else.
    const { parent } = at;
    let position = 0;
    while (position < parent.length && parent[position] !== at) position++;
    path.unshift(position);
  }
  return path.join('/');
}

/** The id of a provider or, without one, its position in the document. */
function provider(target: EventTarget): string {
  if (!(target instanceof Element)) return '';
  const all = [...document.querySelectorAll(target.localName)];
  return target.id || String(all.indexOf(target));
}
