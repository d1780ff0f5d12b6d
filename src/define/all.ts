/** Registers every tag of the kit; those that few pages use are loaded when a page has one. */
import { demandInDocument, onDemand } from '../internal/on-demand.js';
import './login.js';
import './provider.js';
import './text-chat.js';
import './video-call.js';
import './voice-call.js';

onDemand('rtc-', () => import('./deferred.js'));

if (globalThis.document) demandInDocument();
