/** Registers every tag of the kit; those that few pages use are loaded when a page has one. */
// In the order in which the bundle compresses best.
import './provider.js';
import './video-call.js';
import './login.js';
import './voice-call.js';
import './text-chat.js';
import { demandInDocument, onDemand } from '../internal/on-demand.js';

onDemand('rtc-', () => import('./rare.js'));

if (globalThis.document) demandInDocument();
