import { RtcRoster } from '../components/roster/roster.js';
import { define } from './define.js';

define('rtc-roster', RtcRoster);
