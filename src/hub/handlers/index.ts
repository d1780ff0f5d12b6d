import { accept, busy, call, cancel, decline } from './ringing.js';
import { answer, candidate, leave, offer } from './connecting.js';
import { login } from './login.js';
import { watch } from './presence.js';
import { ack, announce, beat } from './reliability.js';
import { token } from './token.js';

/** The handler of each message type. */
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
  ack,
  announce,
  watch,
  token,
  beat,
};
