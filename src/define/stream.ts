import { RtcStream } from '../components/stream/stream.js';
import { define } from './define.js';

define('rtc-stream', RtcStream);
