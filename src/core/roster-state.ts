/** The other people, as far as known. */
export interface RosterState {
  /**
   * The other people online, as shown, by `nameKey()`: the first names. Empty unless a part of the
   * page watches.
   */
  online: ReadonlyMap<string, string>;
  /** How many others are online in all. */
  total: number;
}

/** The roster before anybody watches. */
export const NOBODY_ONLINE: RosterState = { online: new Map(), total: 0 };
