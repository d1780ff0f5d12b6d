/** `rtc-widgets-server`: the server that the kit's pages meet on, started from code. */
export { createServer, type RunningServer, type ServerOptions } from './server.js';
export type { ServerEvent, ServerObserver } from './events.js';
export { logLines } from './log.js';
export { openAdmission, type AdmissionSettings, type OpenAdmission } from './accounts/open.js';
export type { Admission, Admitted, Credentials } from 'rtc-widgets/hub';
export type { HubEvent, HubObserver } from 'rtc-widgets/hub';
export type { HubSettings } from 'rtc-widgets/hub';
