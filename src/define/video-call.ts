import { RtcVideoCall } from '../components/video-call/video-call.js';
import './widget-status.js';
import { define } from './define.js';
import './load-call-part.js';

define('rtc-video-call', RtcVideoCall);
