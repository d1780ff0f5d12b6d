/** Kept where its users look for it; the clock itself is on the ground floor. */
export { systemClock, type Clock } from '../time/clock.js';
