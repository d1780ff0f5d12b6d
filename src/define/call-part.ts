/** All that a page needs from its first call on, loaded at sign-in: calls, and the tags that show them. */
import { provideCallPart } from '../context/call-part.js';
import { Calls } from '../core/calls.js';
import './call-controls.js';
import './dial.js';
import './incoming-call.js';
import './stream.js';
import '../localize/call-words.js';

provideCallPart({ Calls });
