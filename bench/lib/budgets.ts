import { defaultHubSettings } from '../../src/hub/settings.js';
import { defaultLimits } from '../../server/limits.js';

/** Bytes that clients can make a server keep, by its defaults: what docs/operate.md adds up. */
export const sumOfBudgets = defaultHubSettings.kept.all + defaultLimits.bufferedInAll;

export const megabytes = (bytes: number) => `${Math.round(bytes / 1e6)} MB`;
