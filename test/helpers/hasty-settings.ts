import { defaultSettings } from '../../src/core/settings.js';

/** Of clients that notice soon what they have lost, and soon try again. */
export const hastySettings = {
  ...defaultSettings,
  heartbeat: 1000,
  resendInterval: 1000,
  reconnectBase: 50,
  reconnectMax: 500,
};
