/** The tags that few pages have, deferred: this list is loaded when a page has an undefined tag. */
import { demandIn, onDemand } from '../internal/on-demand.js';

onDemand('rtc-roster', () => import('./roster.js'));
onDemand('rtc-support', () => import('./support.js'));
onDemand('rtc-media-explorer', () => import('./media-explorer.js'));
onDemand('rtc-peer-explorer', () => import('./peer-explorer.js'));
onDemand('rtc-inspector', () => import('./inspector.js'));

if (globalThis.document) demandIn(document.documentElement);
