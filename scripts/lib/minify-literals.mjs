import { transformSync } from 'esbuild';
import literals from 'rollup-plugin-html-literals';

/** The plugin's placeholder for an expression in a template. */
const hole = '@TEMPLATE_EXPRESSION();';

/** A rollup plugin that minifies the text in html`…`, svg`…` and css`…`. */
export function minifyLiterals() {
  return literals({
    // Lit's own files hold no templates, and what they say of css makes the plugin warn.
    include: ['**/dist/src/**/*.js'],
    failOnError: true,
    options: {
      minifyOptions: {
        caseSensitive: true,
        collapseWhitespace: true,
        removeComments: true,
        removeAttributeQuotes: true,
        // A fragment of SVG has no <svg> around it that would tell the minifier to keep these.
        keepClosingSlash: true,
        decodeEntities: false,
        minifyJS: false,
        removeEmptyAttributes: false,
        processConditionalComments: false,
        minifyCSS,
      },
    },
  });
}

/**
 * esbuild knows today's CSS (nesting, container queries, :state()), which the plugin's own minifier
 * does not. It gets valid CSS: an expression between rules or declarations stands as an at-rule, any
 * other as a word.
 *
 * @param {string} css
 */
function minifyCSS(css) {
  // A value or a few declarations, for use in another template.
  if (!css.includes('{')) return css.replace(/\s+/g, ' ').trim();
  const valid = css.replaceAll(hole, (_, /** @type {number} */ offset) =>
    /(^|[{};]|\*\/)\s*$/.test(css.slice(0, offset)) ? '@rtc-hole;' : 'rtc-hole',
  );
  const { code, warnings } = transformSync(valid, {
    loader: 'css',
    minify: true,
    target: 'esnext',
    // An escape would be one of the literal's: `\2713` makes all of it undefined.
    charset: 'utf8',
    legalComments: 'none',
  });
  if (warnings.length > 0) {
    throw new Error(`${warnings.map(({ text }) => text).join('; ')} in:\n${css}`);
  }
  return code.trim().replace(/@rtc-hole;?|rtc-hole/g, hole);
}
