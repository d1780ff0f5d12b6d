import { RtcCallMeter } from '../components/call-meter/call-meter.js';
import { define } from './define.js';

define('rtc-call-meter', RtcCallMeter);
