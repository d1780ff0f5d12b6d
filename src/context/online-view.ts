import type { RosterView } from '../core/roster-view.js';
import type { Roster } from '../core/roster.js';

/** A tag's view of who is online, open for as long as the tag is with a session that has a roster. */
export class OnlineView {
  readonly #onChange: () => void;
  #roster: Roster | undefined;
  #view: RosterView | undefined;
  #stop: (() => void) | undefined;

  /** @param onChange is called whenever the view shows something else */
  constructor(onChange: () => void) {
    this.#onChange = onChange;
  }

  /** The view, while there is one. */
  get view(): RosterView | undefined {
    return this.#view;
  }

  /** Opens a view of this roster, unless that is open. */
  open(roster: Roster | undefined, limit?: number): void {
    if (roster === this.#roster) return;
    this.close();
    this.#roster = roster;
    this.#view = roster?.view(limit);
    this.#stop = this.#view?.subscribe(this.#onChange);
  }

  close(): void {
    this.#stop?.();
    this.#view?.close();
    this.#roster = this.#view = this.#stop = undefined;
  }
}
