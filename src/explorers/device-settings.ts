import type { Session } from '../core/session.js';
import { defaultSettings, type SessionSettings } from '../core/settings.js';

/** Where an explorer's camera and microphone come from: the session's source, where there is one. */
export function deviceSettings(
  session: Session | undefined,
): Pick<SessionSettings, 'getUserMedia' | 'maxVideo'> {
  return session?.settings ?? defaultSettings;
}
