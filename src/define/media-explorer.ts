import { RtcMediaExplorer } from '../components/media-explorer/media-explorer.js';
import { define } from './define.js';

define('rtc-media-explorer', RtcMediaExplorer);
