/**
 * The classes, and nothing that happens by itself: `define/*` registers the tags.
 */
export { RtcProvider } from './components/provider/provider.js';
export { RtcLogin } from './components/login/login.js';
export { RtcDial } from './components/dial/dial.js';
export { RtcIncomingCall } from './components/incoming-call/incoming-call.js';
export { RtcCallControls } from './components/call-controls/call-controls.js';
export { RtcCallStatus } from './components/call-status/call-status.js';
export { RtcStream } from './components/stream/stream.js';
export { RtcVideoCall } from './components/video-call/video-call.js';
export { RtcVoiceCall } from './components/voice-call/voice-call.js';
export { RtcTextChat } from './components/text-chat/text-chat.js';
export { RtcConversation } from './components/conversation/conversation.js';
export { RtcCallMeter } from './components/call-meter/call-meter.js';
export { RtcRoster } from './components/roster/roster.js';
export { RtcSupport } from './components/support/support.js';
export { RtcMediaExplorer } from './components/media-explorer/media-explorer.js';
export { RtcPeerExplorer } from './components/peer-explorer/peer-explorer.js';
export { RtcInspector } from './components/inspector/inspector.js';

/** The types that the classes speak in; `rtc-widgets/core` has the headless classes themselves. */
export type * from './core/index.js';
export { RtcError } from './core/errors.js';

export { PageSession } from './context/page-session.js';
export {
  SessionController,
  type SessionControllerOptions,
  type SessionHost,
} from './context/session-controller.js';
export { Presenters, type Presenter, type PresentersState } from './context/presenters.js';
export { SessionElement } from './context/session-element.js';
export { sessionContext } from './context/session-context.js';
export { addLanguage } from './localize/localize.js';
export { addExplorerLanguage, type ExplorerStrings } from './localize/explorers.js';
export type { Strings } from './localize/strings.js';

export {
  RtcCallChangeEvent,
  RtcCallEndEvent,
  RtcCallIncomingEvent,
  RtcCallStartEvent,
} from './events/call-events.js';
export type { RtcEventMap } from './events/event-map.js';
export { RtcErrorEvent } from './events/error-event.js';
export { RtcLoginEvent } from './events/login-event.js';
export { RtcLogoutEvent } from './events/logout-event.js';
export { RtcTokenExpiringEvent } from './events/token-expiring-event.js';
export { RtcMessageEvent } from './events/message-event.js';
