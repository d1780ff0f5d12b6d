import { accept, busy, call, cancel, decline } from './ringing.js';
import { answer, candidate, leave, offer } from './connecting.js';
import { login } from './login.js';
import { watch } from './presence.js';

/** One handler a message type. */
export const handlers = {
  login,
  offer,
  answer,
  candidate,
  leave,
  call,
  accept,
  decline,
  busy,
  cancel,
  watch,
};
