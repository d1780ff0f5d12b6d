// dist/custom-elements.json: what editors and Storybook know of the tags.

import { onlyUsedTokens } from './scripts/lib/manifest-tokens.mjs';

export default {
  globs: [
    'src/components/**/*.ts',
    'src/explorers/*.ts',
    'src/context/**/*.ts',
    'src/events/**/*.ts',
  ],
  exclude: ['**/*.test.ts', '**/*.styles.ts'],
  outdir: 'dist',
  litelement: true,
  packagejson: false,
  plugins: [onlyUsedTokens(), onlyThePublic()],
};

/** The analyzer lists all that it finds; a page author is told what a page may use. */
function onlyThePublic() {
  return {
    name: 'only-the-public',
    /** @param {{ customElementsManifest: any }} context */
    packageLinkPhase({ customElementsManifest }) {
      for (const module of customElementsManifest.modules) {
        module.declarations = module.declarations.filter(isElementOrEvent);
        const names = new Set(module.declarations.map(nameOf));
        module.exports = module.exports?.filter((/** @type {any} */ item) =>
          names.has(item.declaration?.name),
        );
        for (const declaration of module.declarations) keepPublic(declaration);
      }
      customElementsManifest.modules = customElementsManifest.modules.filter(
        (/** @type {any} */ module) => module.declarations.length > 0,
      );
    },
  };
}

/** @param {any} declaration */
function isElementOrEvent({ kind, customElement, superclass }) {
  return kind === 'class' && (customElement || /Event$/.test(superclass?.name ?? ''));
}

/** @param {any} declaration */
function keepPublic(declaration) {
  const hidden = new Set(declaration.members?.filter(isHidden).map(nameOf));
  declaration.members = declaration.members?.filter(
    (/** @type {any} */ member) => !isHidden(member),
  );
  declaration.attributes = declaration.attributes?.filter(
    (/** @type {any} */ attribute) => !hidden.has(attribute.fieldName),
  );
  // A dispatched event whose type it could not read, beside the documented one.
  declaration.events = declaration.events?.filter(nameOf);
}

/** @param {{ privacy?: string, name: string }} member */
function isHidden({ privacy, name }) {
  return privacy === 'private' || privacy === 'protected' || name.startsWith('#');
}

/** @param {{ name: string }} item */
function nameOf({ name }) {
  return name;
}
