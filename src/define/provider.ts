import { RtcProvider } from '../components/provider/provider.js';
import { define } from './define.js';

define('rtc-provider', RtcProvider);
