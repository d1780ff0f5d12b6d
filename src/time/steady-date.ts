/**
 * Milliseconds since 1970 by a clock that nobody sets while the page is open (High Resolution Time,
 * section 4.3): what it measures stays true when the clock of the device is changed.
 */
export const steadyDate = (): number => performance.timeOrigin + performance.now();
