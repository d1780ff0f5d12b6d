import type { BaseSession } from '../core/base-session.js';
import { keepSession, takeSession } from './kept-session.js';

/**
 * Keeps a session for the next page in this tab, whenever this page goes away while signed in. Where
 * the browser keeps the page itself, to be gone back to, the session goes on as the page is shown
 * again: with what the pages in between have made of it.
 * @param keeper tells this session from others of the tab, as {@link keeperOf} does
 */
export function keepOverReload(session: BaseSession, keeper: string): void {
  const onPagehide = ({ persisted }: PageTransitionEvent) => {
    const kept = session.keep();
    if (kept) keepSession(keeper, kept);
    if (persisted) session.suspend();
  };
  const onPageshow = ({ persisted }: PageTransitionEvent) => {
    if (persisted) goOn(session, keeper);
  };
  session.subscribe(() => {
    if (session.state.signaling.status === 'signed-out') {
      removeEventListener('pagehide', onPagehide);
      removeEventListener('pageshow', onPageshow);
    } else {
      addEventListener('pagehide', onPagehide);
      addEventListener('pageshow', onPageshow);
    }
  });
}

/** How long the page that is left may take to put its session by, in milliseconds. */
const HANDOVER = 1000;

/**
 * Goes on as a page is shown again. The one that is left may run in another process, which puts its
 * session by a moment later; without one, the person has signed out there.
 */
function goOn(session: BaseSession, keeper: string): void {
  const look = () => {
    const kept = takeSession(keeper);
    if (!kept) return false;
    stop();
    session.resume(kept);
    return true;
  };
  const cancel = session.settings.clock.after(HANDOVER, () => {
    if (look()) return;
    stop();
    session.logout();
  });
  const stop = () => {
    cancel();
    removeEventListener('storage', look);
  };
  addEventListener('storage', look);
  look();
}

/** Goes on with the session that the page before in this tab has kept, if there is one. */
export function restoreAfterReload(session: BaseSession, keeper: string): void {
  const kept = takeSession(keeper);
  if (kept) session.resume(kept);
}
