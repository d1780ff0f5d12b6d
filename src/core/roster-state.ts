/** What is known of others. */
export interface RosterState {
  /**
   * Who else is online, as shown, by `nameKey()`: the first names. Empty unless a part of the page
   * watches.
   */
  online: ReadonlyMap<string, string>;
  /** How many others are online in all. */
  total: number;
}

/** What is known of others before anybody watches. */
export const NOBODY_ONLINE: RosterState = { online: new Map(), total: 0 };
