import { RtcIncomingCall } from '../components/incoming-call/incoming-call.js';
import { define } from './define.js';

define('rtc-incoming-call', RtcIncomingCall);
