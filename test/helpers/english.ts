import { calls } from '../../src/localize/en-calls.js';
import { media } from '../../src/localize/en-media.js';
import { en } from '../../src/localize/en.js';
import type { Strings } from '../../src/localize/strings.js';

/** All English words, of every part. */
export const english: Strings = { ...en, ...calls, ...media };
