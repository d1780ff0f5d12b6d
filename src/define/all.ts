/** Registers every tag of the kit; those that few pages use are loaded when a page has one. */
import { demandInDocument, onDemand } from '../internal/on-demand.js';
import './provider.js';
import './login.js';
import './video-call.js';
import './voice-call.js';
import './text-chat.js';

onDemand('rtc-', () => import('./rare.js'));

if (globalThis.document) demandInDocument();
