import { RtcTextChat } from '../components/text-chat/text-chat.js';
import { onDemand } from '../internal/on-demand.js';
import './call-status.js';
import './dial.js';
import './incoming-call.js';
import { define } from './define.js';

onDemand('rtc-conversation', () => import('./conversation.js'));
define('rtc-text-chat', RtcTextChat);
