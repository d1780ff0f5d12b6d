/** On its own, the tag may be given a call of any session: it has its words from the beginning. */
import '../localize/call-words.js';
import './widget-status.js';
