const MAX_SUBJECT = 72;

/** Messages that git writes itself, and those that a later rebase folds in. */
const GENERATED = /^(Merge|Revert|fixup!|squash!|amend!) /;

/** `area: imperative summary`; several areas are listed with commas. */
const SUBJECT = /^[a-z0-9./-]+(, [a-z0-9./-]+)*: \S/;

/**
 * Says what is wrong with a commit message.
 *
 * @param {string} message as git has it, with or without its comments
 * @returns {string | undefined} nothing for a good one
 */
export function faultOf(message) {
  const [subject = '', second = ''] = message
    .split('\n')
    .filter((line) => !line.startsWith('#'))
    .map((line) => line.trimEnd());
  if (GENERATED.test(subject)) return undefined;
  if (!SUBJECT.test(subject)) return 'the subject is not "area: summary"';
  if (subject.length > MAX_SUBJECT) return `the subject has more than ${MAX_SUBJECT} characters`;
  if (subject.endsWith('.')) return 'the subject ends with a full stop';
  if (second) return 'the line after the subject is not empty';
  return undefined;
}
