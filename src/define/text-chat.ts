import { RtcTextChat } from '../components/text-chat/text-chat.js';
import { onDemand } from '../internal/on-demand.js';
import './widget-status.js';
import { define } from './define.js';
import './load-call-part.js';

onDemand('rtc-conversation', () => import('./conversation.js'));
define('rtc-text-chat', RtcTextChat);
