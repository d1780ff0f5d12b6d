/** The headless client: everything but the elements. */
export { Session, type SessionEventMap, type SessionState } from './session.js';
export { Call, type CallInit, type CallState } from './call/call.js';
export type { CallPhase } from './call/phase.js';
export { levelOf } from './call/level.js';
export { Chat, MAX_TEXT_LENGTH, type ChatMessage, type ChatState } from './chat/chat.js';
export { Roster, type RosterState } from './roster.js';
export type { RosterView, RosterViewState } from './roster-view.js';
export { Signaling, type Credentials, type SignalingState } from './signaling/signaling.js';
export type { KeptSession } from './kept-session.js';
export { LocalMedia, type LocalMediaState } from './media/local-media.js';
export { capture, type Capture } from './media/capture.js';
export { suggestedVideo, videoConstraints } from './media/constraints.js';
export { syntheticMedia } from './media/synthetic-media.js';
export { Store, type StoreEventMap } from './store.js';
export { TypedEventTarget } from './typed-event-target.js';
export { RtcError, type ErrorCode, type MediaErrorCode } from './errors.js';
export { defaultSettings, type SessionSettings } from './settings.js';
export type { CallKind, EndReason } from '../protocol/messages.js';
