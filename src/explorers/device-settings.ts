import type { BaseSession } from '../core/base-session.js';
import { defaultSettings, type SessionSettings } from '../core/settings.js';

/** Where an explorer's camera and microphone come from: the session's source, where there is one. */
export function deviceSettings(
  session: BaseSession | undefined,
): Pick<SessionSettings, 'getUserMedia' | 'maxVideo'> {
  return session?.settings ?? defaultSettings;
}
