import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * A plugin of the custom-elements analyzer. The base class documents the tokens of all tags; each
 * tag keeps those that its style sheets use, or those of a tag inside it.
 */
export function onlyUsedTokens() {
  return {
    name: 'only-used-tokens',
    /** @param {{ customElementsManifest: { modules: any[] } }} context */
    packageLinkPhase({ customElementsManifest: { modules } }) {
      const classes = modules.flatMap(({ path, declarations }) =>
        declarations.map((/** @type {any} */ each) => ({ path, declaration: each })),
      );
      for (const { declaration } of classes) {
        const used = tokensOf(declaration.name, classes);
        declaration.cssProperties = declaration.cssProperties?.filter(
          (/** @type {{ name: string }} */ { name }) => used.has(name),
        );
      }
    },
  };
}

/**
 * @param {string | undefined} name of a class
 * @param {{ path: string, declaration: any }[]} classes
 * @returns {Set<string>}
 */
function tokensOf(name, classes) {
  const found = classes.find(({ declaration }) => declaration.name === name);
  if (!found) return new Set();
  const { path, declaration } = found;
  const source = readFileSync(path, 'utf8');
  const inside = [...source.matchAll(/<(rtc-[a-z-]+)/g)].map(
    ([, tag]) => classes.find((each) => each.declaration.tagName === tag)?.declaration.name,
  );
  const parts = inside.filter((each) => each !== name);
  return new Set([
    ...styleSheetsOf(path, source).flatMap(tokensIn),
    ...[declaration.superclass?.name, ...parts].flatMap((each) => [...tokensOf(each, classes)]),
  ]);
}

/**
 * @param {string} path of a module
 * @param {string} source its text
 */
function styleSheetsOf(path, source) {
  return [...source.matchAll(/'(\.[^']+\.styles)\.js'/g)].map(([, sheet]) =>
    readFileSync(join(dirname(path), `${sheet}.ts`), 'utf8'),
  );
}

/**
 * The tokens that a style sheet uses: by their private twins, which hold the defaults, or directly.
 *
 * @param {string} sheet
 */
function tokensIn(sheet) {
  const withoutTwins = sheet.replace(/--_rtc-[a-z-]+: var\(--rtc-.*/g, '');
  return [...withoutTwins.matchAll(/var\(--_?(rtc-[a-z-]+)/g)].map(([, token]) => `--${token}`);
}
