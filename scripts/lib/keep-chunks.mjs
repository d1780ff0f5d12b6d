import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * A rollup plugin that keeps the chunks of one build before this one. A page that was loaded before
 * an upgrade asks for those when it needs a part; anything older is removed.
 *
 * @param {string} folder of the chunks, in the output directory
 * @returns {import('rollup').Plugin}
 */
export function keepChunks(folder) {
  return {
    name: 'keep-chunks',
    writeBundle({ dir = '' }, bundle) {
      const list = join(dir, folder, '.builds.json');
      const built = Object.keys(bundle)
        .filter((file) => file.startsWith(`${folder}/`))
        .sort();
      const { current, previous } = readBuilds(list);
      const same = built.join() === current.join();
      const before = same ? previous : current;

      const kept = new Set([...built, ...before]);
      for (const name of readdirSync(join(dir, folder))) {
        const file = `${folder}/${name}`;
        if (name.endsWith('.js') && !kept.has(file)) rmSync(join(dir, file));
      }
      writeFileSync(list, JSON.stringify({ current: built, previous: before }, null, 2));
    },
  };
}

/**
 * @param {string} list
 * @returns {{ current: string[], previous: string[] }}
 */
function readBuilds(list) {
  try {
    return JSON.parse(readFileSync(list, 'utf8'));
  } catch {
    return { current: [], previous: [] };
  }
}
