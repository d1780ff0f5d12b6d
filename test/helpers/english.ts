import { calls } from '../../src/localize/en-calls.js';
import { conversation } from '../../src/localize/en-conversation.js';
import { media } from '../../src/localize/en-media.js';
import { roster } from '../../src/localize/en-roster.js';
import { en } from '../../src/localize/en.js';
import type { Strings } from '../../src/localize/strings.js';

/** The English tables, by the names of their files. */
export const tables = {
  'en.ts': en,
  'en-calls.ts': calls,
  'en-media.ts': media,
  'en-conversation.ts': conversation,
  'en-roster.ts': roster,
};

/** All English words, of every part. */
export const english: Strings = { ...en, ...calls, ...media, ...conversation, ...roster };
