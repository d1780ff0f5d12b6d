import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { icons as all } from 'lucide';
import { root } from './root.mjs';

/** The icons of the kit, and what lucide calls them. */
const names = { camera: 'Video', microphone: 'Mic', phone: 'Phone' };

export const iconsFile = join(root, 'src/internal/icon-nodes.ts');

/** The module that holds the drawings, as it should be. */
export async function iconsModule() {
  const nodes = Object.entries(names).map(([name, original]) => {
    const node = all[/** @type {keyof typeof all} */ (original)];
    return `  ${name}: ${JSON.stringify(node)},`;
  });
  const source = `// Made by \`npm run icons\` from lucide (ISC licence, https://lucide.dev/license). Do not edit.

/** The elements of a drawing: name and attributes. */
export type IconNode = readonly (readonly [tag: string, attributes: Readonly<Record<string, string>>])[];

export const iconNodes = {
${nodes.join('\n')}
} satisfies Record<string, IconNode>;
`;
  return format(source, { ...(await resolveConfig(iconsFile)), parser: 'typescript' });
}
