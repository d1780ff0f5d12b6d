import { RtcInspector } from '../components/inspector/inspector.js';
import { define } from './define.js';

define('rtc-inspector', RtcInspector);
