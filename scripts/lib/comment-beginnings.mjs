/** Words that no comment begins with: see "How we write" in CONTRIBUTING.md. */
const FORBIDDEN = /^(one|who|whoever|what|that|of)\b/i;

/**
 * The first words of a comment, without the marks of JSDoc.
 *
 * @param {string} text as ESLint gives it, without its delimiters
 */
const beginningOf = (text) => text.replace(/^[\s*]+/, '');

/**
 * An ESLint rule: a comment begins with its subject, a verb or a condition.
 *
 * @type {import('eslint').Rule.RuleModule}
 */
export const commentBeginnings = {
  meta: {
    type: 'suggestion',
    schema: [],
    messages: {
      beginning: 'Begin with the subject, a verb or a condition, not with "{{word}}".',
    },
  },
  create(context) {
    return {
      Program() {
        let lastLine = -1;
        for (const { type, value, loc } of context.sourceCode.getAllComments()) {
          if (!loc) continue;
          // A line comment right below another goes on with its sentence.
          const goesOn = type === 'Line' && loc.start.line === lastLine + 1;
          if (type === 'Line') lastLine = loc.end.line;
          const [word] = FORBIDDEN.exec(beginningOf(value)) ?? [];
          if (!goesOn && word) context.report({ loc, messageId: 'beginning', data: { word } });
        }
      },
    };
  },
};
