/** All that a page needs from its first call on, loaded at sign-in: calls, and the tags that show them. */
import './call-controls.js';
import './dial.js';
import './incoming-call.js';
import './stream.js';
import '../localize/call-words.js';

export { Calls } from '../core/calls.js';
