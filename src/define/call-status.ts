import { RtcCallStatus } from '../components/call-status/call-status.js';
import { define } from './define.js';

define('rtc-call-status', RtcCallStatus);
