import { RtcLogin } from '../components/login/login.js';
import { define } from './define.js';
import './load-call-part.js';

define('rtc-login', RtcLogin);
