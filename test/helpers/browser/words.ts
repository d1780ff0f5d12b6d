import { languages, translate } from '../../../src/localize/localize.js';

// The words that few people see come a moment later: in tests they are there from the beginning.
const there = new Promise((resolve) =>
  languages.addEventListener('change', resolve, { once: true }),
);
translate('en', 'rejoin');
await there;
