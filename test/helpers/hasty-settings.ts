import { defaultSettings } from '../../src/core/settings.js';

/** Settings of clients that notice a loss soon, and soon try again. */
export const hastySettings = {
  ...defaultSettings,
  heartbeat: 1000,
  resendInterval: 1000,
  reconnectBase: 50,
  reconnectMax: 500,
};
