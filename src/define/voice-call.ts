import { RtcVoiceCall } from '../components/voice-call/voice-call.js';
import { onDemand } from '../internal/on-demand.js';
import './widget-status.js';
import { define } from './define.js';
import './load-call-part.js';

onDemand('rtc-call-meter', () => import('./call-meter.js'));
define('rtc-voice-call', RtcVoiceCall);
