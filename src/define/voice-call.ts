import { RtcVoiceCall } from '../components/voice-call/voice-call.js';
import { onDemand } from '../internal/on-demand.js';
import './call-status.js';
import './dial.js';
import './incoming-call.js';
import './call-controls.js';
import './stream.js';
import { define } from './define.js';

onDemand('rtc-call-meter', () => import('./call-meter.js'));
define('rtc-voice-call', RtcVoiceCall);
