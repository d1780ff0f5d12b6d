import { RtcPeerExplorer } from '../components/peer-explorer/peer-explorer.js';
import './incoming-call.js';
import './login.js';
import { define } from './define.js';

define('rtc-peer-explorer', RtcPeerExplorer);
