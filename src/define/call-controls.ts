import { RtcCallControls } from '../components/call-controls/call-controls.js';
import { define } from './define.js';

define('rtc-call-controls', RtcCallControls);
