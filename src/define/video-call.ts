import { RtcVideoCall } from '../components/video-call/video-call.js';
import './call-status.js';
import './dial.js';
import './incoming-call.js';
import './call-controls.js';
import './stream.js';
import { define } from './define.js';

define('rtc-video-call', RtcVideoCall);
