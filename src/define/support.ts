import { RtcSupport } from '../components/support/support.js';
import { define } from './define.js';

define('rtc-support', RtcSupport);
