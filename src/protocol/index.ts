/** `rtc-widgets/protocol`: what travels between clients and servers, its guards and its limits. */
export { MAX_NAME_LENGTH, WIRE_VERSION } from './basics.js';
export { BadFrame, readClientMessage } from './client-message.js';
export { randomId } from './ids.js';
export { MAX_PASSWORD_LENGTH } from './limits.js';
export {
  endReasons,
  wireErrorCodes,
  type Announcement,
  type CallKind,
  type Candidate,
  type ClientMessage,
  type Description,
  type EndReason,
  type Order,
  type PersonalMessage,
  type ServerMessage,
  type WireErrorCode,
} from './messages.js';
export { nameKey } from './name-key.js';
export { cleanName } from './names.js';
export { readServerMessage } from './server-message.js';
export { isObject } from './shape.js';
export { isVisible } from './visible.js';
