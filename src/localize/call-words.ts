/** Adds the words of calls and chats, for the tags that show them. */
import { calls } from './en-calls.js';
import { addEnglish } from './localize.js';
import './media-words.js';

addEnglish(calls);
