import { RtcLogin } from '../components/login/login.js';
import { define } from './define.js';

define('rtc-login', RtcLogin);
