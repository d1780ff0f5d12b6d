import { RtcDial } from '../components/dial/dial.js';
import { define } from './define.js';

define('rtc-dial', RtcDial);
