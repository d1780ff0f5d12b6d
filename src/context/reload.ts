import type { BaseSession } from '../core/base-session.js';
import { keepSession, takeSession } from './kept-session.js';

/** Keeps a session for the next page in this tab, whenever this page goes away while signed in. */
export function keepOverReload(session: BaseSession, server: string): void {
  const onPagehide = () => {
    const kept = session.keep();
    if (kept) keepSession(server, kept);
  };
  session.subscribe(() => {
    if (session.state.signaling.status === 'signed-out') {
      removeEventListener('pagehide', onPagehide);
    } else addEventListener('pagehide', onPagehide);
  });
}

/** Goes on with the session that the page before in this tab has kept, if there is one. */
export async function restoreAfterReload(session: BaseSession, server: string): Promise<void> {
  const kept = takeSession(server);
  if (kept) await session.resume(kept);
}
