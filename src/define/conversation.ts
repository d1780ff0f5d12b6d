import { RtcConversation } from '../components/conversation/conversation.js';
import { define } from './define.js';

define('rtc-conversation', RtcConversation);
