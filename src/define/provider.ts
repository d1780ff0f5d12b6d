import { RtcProvider } from '../components/provider/provider.js';
import { define } from './define.js';
import './load-call-part.js';

define('rtc-provider', RtcProvider);
