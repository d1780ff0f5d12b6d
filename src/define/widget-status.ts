/** The status in a widget. Its words come with the call part, as the widget's calls do. */
import { RtcCallStatus } from '../components/call-status/call-status.js';
import { define } from './define.js';

define('rtc-call-status', RtcCallStatus);
