import type { SessionSettings } from '../../core/settings.js';

/** The attributes of `rtc-provider` that are settings, as Lit reads them. */
export interface SettingAttributes {
  maxVideo: string;
  ringTimeout: number | null;
  relayOnly: boolean;
  keepCalls: boolean;
}

/**
 * The settings that the attributes ask for. An attribute that is absent, empty or senseless asks
 * for nothing: there the settings from code count.
 */
export function settingsOf({
  maxVideo,
  ringTimeout,
  relayOnly,
  keepCalls,
}: SettingAttributes): Partial<SessionSettings> {
  const [width, height] = (maxVideo ?? '').split('x').map(Number);
  return {
    maxVideo: width && height && width >= 1 && height >= 1 ? { width, height } : undefined,
    ringTimeout: ringTimeout && ringTimeout > 0 ? ringTimeout * 1000 : undefined,
    relayOnly: relayOnly || undefined,
    keepCalls: keepCalls || undefined,
  };
}
