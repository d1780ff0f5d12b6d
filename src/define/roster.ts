import { RtcRoster } from '../components/roster/roster.js';
import { define } from './define.js';
import './load-call-part.js';

define('rtc-roster', RtcRoster);
