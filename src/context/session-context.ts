import { createContext } from '@lit/context';
import type { PageSession } from './page-session.js';

/**
 * The session of the nearest provider. The key is shared by all copies of the kit on a page
 * whose session has the same interface; its number changes with that interface.
 */
export const sessionContext = createContext<PageSession>(Symbol.for('rtc-widgets/session/2'));
