import { RtcPeerExplorer } from '../components/peer-explorer/peer-explorer.js';
import './call-part.js';
import './call-status.js';
import './login.js';
import { define } from './define.js';

define('rtc-peer-explorer', RtcPeerExplorer);
