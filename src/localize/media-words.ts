/** Adds the words for a camera or microphone that is refused, for the tags that ask for one. */
import { media } from './en-media.js';
import { addEnglish } from './localize.js';

addEnglish(media);
